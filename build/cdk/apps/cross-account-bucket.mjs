// A bucket that another account reads and writes.
import { Stack, aws_iam as iam, aws_kms as kms, aws_s3 as s3 } from 'aws-cdk-lib';

function shared(app, properties = {}) {
  const stack = new Stack(app, 'Shared', { env: { account: '111122223333', region: 'eu-west-1' } });
  const bucket = new s3.Bucket(stack, 'Inbox', { ...properties, ...(properties.encryption ? { encryptionKey: new kms.Key(stack, 'Key') } : {}) });
  bucket.grantReadWrite(new iam.AccountPrincipal('444455556666'));
  return bucket;
}

export default {
  good: app => shared(app),
  'good-with-key': app => shared(app, { encryption: s3.BucketEncryption.KMS }),
  'good-asking-for-the-acl': app => {
    const stack = new Stack(app, 'Shared', { env: { account: '111122223333', region: 'eu-west-1' } });
    const bucket = new s3.Bucket(stack, 'Inbox', { objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED });
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.AccountPrincipal('444455556666')], actions: ['s3:PutObject', 's3:PutObjectAcl'], resources: [bucket.arnForObjects('*')],
      conditions: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }));
  },
  'owner-preferred': app => shared(app, { objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED }),
  'object-writer': app => shared(app, { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER }),
  public: app => shared(app, { blockPublicAccess: new s3.BlockPublicAccess({ blockPublicPolicy: false, restrictPublicBuckets: false }), publicReadAccess: true }),
};
