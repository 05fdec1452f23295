// A bucket that the app only names: CDK cannot write its policy, and says so.
import { Stack, aws_cloudfront as cloudfront, aws_cloudfront_origins as origins, aws_iam as iam, aws_s3 as s3 } from 'aws-cdk-lib';

function site(app) {
  const stack = new Stack(app, 'Site', { env: { account: '111122223333', region: 'eu-west-1' } });
  const bucket = s3.Bucket.fromBucketName(stack, 'Files', 'example-files-of-another-stack');
  const cdn = new cloudfront.Distribution(stack, 'Cdn', {
    defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(bucket) },
  });
  return { stack, bucket, cdn };
}

function policy({ stack, bucket }, statement) {
  new s3.CfnBucketPolicy(stack, 'FilesPolicy', {
    bucket: bucket.bucketName,
    policyDocument: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ resources: [bucket.arnForObjects('*')], actions: ['s3:GetObject'], ...statement })] }),
  });
}

export default {
  'policy-elsewhere': app => site(app),
  good: app => {
    const made = site(app);
    policy(made, {
      principals: [new iam.ServicePrincipal('cloudfront.amazonaws.com')],
      conditions: { StringEquals: { 'AWS:SourceArn': made.stack.formatArn({ service: 'cloudfront', region: '', resource: 'distribution', resourceName: made.cdn.distributionId }) } },
    });
  },
  'roles-only': app => policy(site(app), { principals: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/deploy')] }),
};
