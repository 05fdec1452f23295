// A bucket that tells a function, a queue and a topic of new objects.
import { Stack, aws_iam as iam, aws_kms as kms, aws_lambda as lambda, aws_s3 as s3, aws_s3_notifications as to, aws_sns as sns, aws_sqs as sqs } from 'aws-cdk-lib';
import { changed, removed } from '../break.mjs';

const code = { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};') };

function files(app, { key = false } = {}) {
  const stack = new Stack(app, 'Files', { env: { account: '111122223333', region: 'eu-west-1' } });
  const bucket = new s3.Bucket(stack, 'Bucket');
  const encryptionMasterKey = key ? new kms.Key(stack, 'Key') : undefined;
  const made = {
    stack, bucket, key: encryptionMasterKey,
    handler: new lambda.Function(stack, 'Handler', code),
    queue: new sqs.Queue(stack, 'Queue', { encryptionMasterKey }),
    topic: new sns.Topic(stack, 'Topic', { masterKey: encryptionMasterKey }),
  };
  bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new to.LambdaDestination(made.handler), { prefix: 'images/' });
  bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new to.SqsDestination(made.queue), { prefix: 'queue/' });
  bucket.addEventNotification(s3.EventType.OBJECT_REMOVED, new to.SnsDestination(made.topic));
  return made;
}

/** The same in the bucket's own property, as it is written without CDK's custom resource. */
function plain(app, change = () => {}) {
  const stack = new Stack(app, 'Files', { env: { account: '111122223333', region: 'eu-west-1' } });
  const handler = new lambda.Function(stack, 'Handler', code);
  const queue = new sqs.Queue(stack, 'Queue');
  const topic = new sns.Topic(stack, 'Topic');
  const s3Of = sourceArn => ({ principals: [new iam.ServicePrincipal('s3.amazonaws.com')], conditions: { ArnLike: { 'aws:SourceArn': sourceArn }, StringEquals: { 'aws:SourceAccount': stack.account } } });
  const arn = 'arn:aws:s3:::example-incoming';
  handler.addPermission('Notify', { principal: new iam.ServicePrincipal('s3.amazonaws.com'), sourceArn: arn, sourceAccount: stack.account });
  queue.addToResourcePolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn], ...s3Of(arn) }));
  topic.addToResourcePolicy(new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn], ...s3Of(arn) }));
  const bucket = new s3.CfnBucket(stack, 'Bucket', {
    bucketName: 'example-incoming',
    notificationConfiguration: {
      lambdaConfigurations: [{ event: 's3:ObjectCreated:*', function: handler.functionArn }],
      queueConfigurations: [{ event: 's3:ObjectRemoved:*', queue: queue.queueArn }],
      topicConfigurations: [{ event: 's3:ObjectRestore:*', topic: topic.topicArn }],
    },
  });
  change({ stack, handler, queue, topic, bucket });
}

export default {
  good: app => files(app),
  'good-with-key': app => files(app, { key: true }),
  'good-plain': app => plain(app),
  'permission-missing': app => plain(app, ({ handler }) => removed(handler.node.findChild('Notify'))),
  'permission-of-other-bucket': app => plain(app, ({ handler }) => changed(handler.node.findChild('Notify'), 'SourceArn', 'arn:aws:s3:::example-outgoing')),
  'queue-policy-of-other-bucket': app => plain(app, ({ queue }) => changed(queue.node.findChild('Policy'), 'PolicyDocument.Statement.0.Condition.ArnLike', { 'aws:SourceArn': 'arn:aws:s3:::example-outgoing' })),
  'topic-policy-missing': app => plain(app, ({ topic }) => removed(topic.node.findChild('Policy'))),
};
