// Stacks that take values from each other: by export and import, by reading an output, and over regions.
import { Stack, aws_cloudfront as cloudfront, aws_cloudfront_origins as origins, aws_iam as iam, aws_s3 as s3, aws_sns as sns, aws_sns_subscriptions as subscriptions, aws_sqs as sqs } from 'aws-cdk-lib';

const here = { account: '111122223333', region: 'eu-west-1' };
const overseas = { account: '111122223333', region: 'us-east-1' };
const strong = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' };

function stacks(app, { references = {}, cdnEnv = here, statement = true } = {}) {
  for (const [name, value] of Object.entries(references)) app.node.setContext(name, value);
  const storage = new Stack(app, 'Storage', { env: here, crossRegionReferences: cdnEnv !== here });
  const site = new Stack(app, 'Site', { env: cdnEnv, crossRegionReferences: cdnEnv !== here });
  const bucket = new s3.Bucket(storage, 'Files');
  const reader = { principals: [new iam.ServicePrincipal('cloudfront.amazonaws.com')], conditions: { ArnLike: { 'AWS:SourceArn': `arn:aws:cloudfront::${here.account}:distribution/*` } } };
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    actions: ['s3:GetObject'],
    resources: [bucket.arnForObjects('*')],
    ...(statement ? reader : { principals: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/deploy')] }),
  }));
  const named = s3.Bucket.fromBucketAttributes(site, 'Files', { bucketName: bucket.bucketName, region: here.region });
  new cloudfront.Distribution(site, 'Cdn', { defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(named) } });
}

function subscribed(app, references = {}) {
  for (const [name, value] of Object.entries(references)) app.node.setContext(name, value);
  const producer = new Stack(app, 'Producer', { env: here });
  const consumer = new Stack(app, 'Consumer', { env: here });
  const topic = new sns.Topic(producer, 'Orders');
  topic.addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(consumer, 'Inbox')));
}

export default {
  'good-exports': app => stacks(app, { references: strong }),
  'good-outputs': app => stacks(app),
  'good-regions-exports': app => stacks(app, { references: strong, cdnEnv: overseas }),
  'good-regions-outputs': app => stacks(app, { cdnEnv: overseas }),
  'good-topic-exports': app => subscribed(app, strong),
  'good-topic-outputs': app => subscribed(app),
  'statement-missing-exports': app => stacks(app, { references: strong, statement: false }),
  'statement-missing-outputs': app => stacks(app, { statement: false }),
  'statement-missing-regions-exports': app => stacks(app, { references: strong, cdnEnv: overseas, statement: false }),
  'statement-missing-regions-outputs': app => stacks(app, { cdnEnv: overseas, statement: false }),
};
