// Objects under a key of ours behind CloudFront: the key must know the distribution, too.
import { RemovalPolicy, Stack, aws_cloudfront as cloudfront, aws_cloudfront_origins as origins, aws_kms as kms, aws_s3 as s3 } from 'aws-cdk-lib';
import { withoutStatement } from '../break.mjs';

function site(app, keyOf = stack => new kms.Key(stack, 'Key', { enableKeyRotation: true })) {
  const stack = new Stack(app, 'Site', { env: { account: '111122223333', region: 'eu-west-1' } });
  const key = keyOf(stack);
  const bucket = new s3.Bucket(stack, 'Files', { encryption: s3.BucketEncryption.KMS, encryptionKey: key, enforceSSL: true, removalPolicy: RemovalPolicy.RETAIN });
  new cloudfront.Distribution(stack, 'Cdn', {
    defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(bucket), viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS },
  });
  return { stack, key, bucket };
}

export default {
  good: app => site(app),
  'key-statement-missing': app => withoutStatement(site(app).key, 'KeyPolicy', 1),
  'key-elsewhere': app => site(app, stack => kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab')),
  'managed-key': app => {
    const stack = new Stack(app, 'Site', { env: { account: '111122223333', region: 'eu-west-1' } });
    const bucket = new s3.Bucket(stack, 'Files', { encryption: s3.BucketEncryption.KMS_MANAGED });
    new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(bucket) } });
  },
};
