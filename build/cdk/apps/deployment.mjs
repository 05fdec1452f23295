// Files that are put into a bucket during the deploy, by CDK's custom resource.
import { Stack, aws_cloudfront as cloudfront, aws_cloudfront_origins as origins, aws_s3 as s3, aws_s3_deployment as deployment } from 'aws-cdk-lib';
import { withoutStatement } from '../break.mjs';

function site(app) {
  const stack = new Stack(app, 'Site');
  const bucket = new s3.Bucket(stack, 'Files', { autoDeleteObjects: true, removalPolicy: 'destroy' });
  const distribution = new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(bucket) } });
  new deployment.BucketDeployment(stack, 'Deploy', { destinationBucket: bucket, sources: [deployment.Source.data('index.html', 'hello')], distribution, distributionPaths: ['/*'] });
  return bucket;
}

export default {
  good: app => site(app),
  'statement-missing': app => withoutStatement(site(app).policy, 'PolicyDocument', 1),
};
