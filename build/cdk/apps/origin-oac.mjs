// A bucket behind CloudFront, read by an origin access control.
import { Stack, aws_cloudfront as cloudfront, aws_cloudfront_origins as origins, aws_iam as iam, aws_s3 as s3 } from 'aws-cdk-lib';
import { withoutStatement } from '../break.mjs';

function site(app) {
  const stack = new Stack(app, 'Site', { env: { account: '111122223333', region: 'eu-west-1' } });
  const bucket = new s3.Bucket(stack, 'Files', { enforceSSL: true });
  const cdn = new cloudfront.Distribution(stack, 'Cdn', {
    defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(bucket) },
  });
  return { stack, bucket, cdn };
}

const denied = (bucket, condition) => bucket.addToResourcePolicy(new iam.PolicyStatement({
  sid: 'OnlyFromUs',
  effect: iam.Effect.DENY,
  principals: [new iam.AnyPrincipal()],
  actions: ['s3:GetObject'],
  resources: [bucket.arnForObjects('*')],
  conditions: condition,
}));

export default {
  good: app => site(app),
  'good-with-exception': app => denied(site(app).bucket, {
    StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
  }),
  'statement-missing': app => withoutStatement(site(app).bucket.policy, 'PolicyDocument', 1),
  'organization-only': app => denied(site(app).bucket, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
  'endpoint-only': app => denied(site(app).bucket, { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } }),
  'other-distribution': app => {
    const { stack, bucket } = site(app);
    const other = new s3.Bucket(stack, 'Other');
    new cloudfront.Distribution(stack, 'Second', {
      defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(other) },
      additionalBehaviors: {
        '/files/*': { origin: origins.S3BucketOrigin.withOriginAccessControl(s3.Bucket.fromBucketName(stack, 'Same', bucket.bucketName)) },
      },
    });
  },
};
