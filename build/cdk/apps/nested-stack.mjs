// A distribution in a nested stack, whose bucket is in the stack above, and stages with stacks of their own.
import { NestedStack, Stack, Stage, aws_cloudfront as cloudfront, aws_cloudfront_origins as origins, aws_s3 as s3 } from 'aws-cdk-lib';
import { changed } from '../break.mjs';

const env = { account: '111122223333', region: 'eu-west-1' };

function site(scope, bucketHere = true) {
  const stack = new Stack(scope, 'Site');
  const nested = new NestedStack(stack, 'Delivery');
  const bucket = new s3.Bucket(bucketHere ? stack : nested, 'Files');
  new cloudfront.Distribution(nested, 'Cdn', { defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessIdentity(bucket) } });
  return bucket;
}

const writesOnly = bucket => changed(bucket.policy, 'PolicyDocument.Statement.0.Action', 's3:PutObject');

export default {
  good: app => site(app, false),
  'good-bucket-above': app => site(app),
  'good-stages': app => {
    site(new Stage(app, 'Test', { env }));
    site(new Stage(app, 'Production', { env: { ...env, account: '444455556666' } }));
  },
  'other-action': app => writesOnly(site(app)),
  'other-action-in-a-stage': app => {
    site(new Stage(app, 'Test', { env }));
    writesOnly(site(new Stage(app, 'Production', { env: { ...env, account: '444455556666' } })));
  },
};
