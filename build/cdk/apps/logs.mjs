// Buckets that services write their logs to.
import { Stack, aws_cloudtrail as cloudtrail, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elb, aws_s3 as s3 } from 'aws-cdk-lib';
import { removed, withoutStatement } from '../break.mjs';

const env = { account: '111122223333', region: 'eu-west-1' };

function balancer(app, bucketOf = stack => new s3.Bucket(stack, 'Logs')) {
  const stack = new Stack(app, 'Balancer', { env });
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, availabilityZones: ['eu-west-1a', 'eu-west-1b'], restrictDefaultSecurityGroup: false });
  const bucket = bucketOf(stack);
  new elb.ApplicationLoadBalancer(stack, 'Balancer', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }).logAccessLogs(bucket, 'front');
  return bucket;
}

function trail(app) {
  const stack = new Stack(app, 'Audit', { env });
  const bucket = new s3.Bucket(stack, 'Logs', { enforceSSL: true });
  new cloudtrail.Trail(stack, 'Trail', { bucket, trailName: 'everything' });
  return bucket;
}

function accessLogs(app) {
  const stack = new Stack(app, 'Files', { env });
  const logs = new s3.Bucket(stack, 'Logs');
  new s3.Bucket(stack, 'Files', { bucketName: 'example-files', serverAccessLogsBucket: logs, serverAccessLogsPrefix: 'files/' });
  return logs;
}

export default {
  'good-balancer': app => balancer(app),
  'good-trail': app => trail(app),
  'good-access-logs': app => accessLogs(app),
  'balancer-statement-missing': app => removed(balancer(app).policy),
  'balancer-with-key': app => balancer(app, stack => new s3.Bucket(stack, 'Logs', { encryption: s3.BucketEncryption.KMS_MANAGED })),
  'trail-statement-missing': app => withoutStatement(trail(app).policy, 'PolicyDocument', 2),
  'access-logs-statement-missing': app => removed(accessLogs(app).policy),
};
