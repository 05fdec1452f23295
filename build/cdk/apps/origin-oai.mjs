// A bucket behind CloudFront, read by an origin access identity.
import { Stack, aws_cloudfront as cloudfront, aws_cloudfront_origins as origins, aws_s3 as s3 } from 'aws-cdk-lib';
import { changed, withoutStatement } from '../break.mjs';

function site(app, { viewers, enforceSSL } = {}) {
  const stack = new Stack(app, 'Site');
  const bucket = new s3.Bucket(stack, 'Files', { enforceSSL });
  const identity = new cloudfront.OriginAccessIdentity(stack, 'Identity');
  const cdn = new cloudfront.Distribution(stack, 'Cdn', {
    defaultBehavior: {
      origin: origins.S3BucketOrigin.withOriginAccessIdentity(bucket, { originAccessIdentity: identity, originPath: '/site' }),
      viewerProtocolPolicy: viewers,
    },
  });
  return { stack, bucket, identity, cdn };
}

export default {
  good: app => site(app),
  'good-with-https': app => site(app, { enforceSSL: true, viewers: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS }),
  'good-legacy': app => {
    const stack = new Stack(app, 'Site');
    new cloudfront.CloudFrontWebDistribution(stack, 'Cdn', {
      originConfigs: [{
        s3OriginSource: { s3BucketSource: new s3.Bucket(stack, 'Files'), originAccessIdentity: new cloudfront.OriginAccessIdentity(stack, 'Identity') },
        behaviors: [{ isDefaultBehavior: true }],
      }],
    });
  },
  'insecure-transport-denied': app => site(app, { enforceSSL: true, viewers: cloudfront.ViewerProtocolPolicy.ALLOW_ALL }),
  'statement-missing': app => withoutStatement(site(app, { enforceSSL: true, viewers: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY }).bucket.policy, 'PolicyDocument', 1),
  'other-identity': app => {
    const { stack, bucket } = site(app);
    const other = new cloudfront.OriginAccessIdentity(stack, 'Second');
    changed(bucket.policy, 'PolicyDocument.Statement.0.Principal.CanonicalUser', other.cloudFrontOriginAccessIdentityS3CanonicalUserId);
  },
};
