// A topic with a queue and a function behind it.
import { Stack, aws_kms as kms, aws_lambda as lambda, aws_sns as sns, aws_sns_subscriptions as to, aws_sqs as sqs } from 'aws-cdk-lib';
import { changed, ofType, removed, withoutStatement } from '../break.mjs';

function fanOut(app, { key = false } = {}) {
  const stack = new Stack(app, 'FanOut', { env: { account: '111122223333', region: 'eu-west-1' } });
  const encryptionMasterKey = key ? new kms.Key(stack, 'Key') : undefined;
  const topic = new sns.Topic(stack, 'Orders', { topicName: 'orders' });
  const dead = new sqs.Queue(stack, 'Dead');
  const queue = new sqs.Queue(stack, 'Inbox', { encryptionMasterKey, deadLetterQueue: { queue: dead, maxReceiveCount: 3 } });
  const handler = new lambda.Function(stack, 'Handler', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};') });
  topic.addSubscription(new to.SqsSubscription(queue));
  topic.addSubscription(new to.LambdaSubscription(handler));
  return { stack, topic, queue, handler, key: encryptionMasterKey };
}

export default {
  good: app => fanOut(app),
  'good-with-key': app => fanOut(app, { key: true }),
  'queue-policy-missing': app => removed(fanOut(app).queue.node.findChild('Policy')),
  'other-topic': app => {
    const { stack, queue } = fanOut(app);
    changed(queue.node.findChild('Policy'), 'PolicyDocument.Statement.0.Condition.ArnEquals', { 'aws:SourceArn': stack.resolve(new sns.Topic(stack, 'Invoices', { topicName: 'invoices' }).topicArn) });
  },
  'key-statement-missing': app => withoutStatement(fanOut(app, { key: true }).key, 'KeyPolicy', 1),
  'permission-missing': app => removed(...ofType(fanOut(app).stack, 'AWS::Lambda::Permission')),
};
