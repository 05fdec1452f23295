// Rules of EventBridge with a function, a queue, a topic and a log group as targets.
import { Duration, Stack, aws_events as events, aws_events_targets as targets, aws_lambda as lambda, aws_logs as logs, aws_sns as sns, aws_sqs as sqs } from 'aws-cdk-lib';
import { changed, ofType, removed } from '../break.mjs';

function clock(app) {
  const stack = new Stack(app, 'Clock', { env: { account: '111122223333', region: 'eu-west-1' } });
  const handler = new lambda.Function(stack, 'Handler', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};') });
  const queue = new sqs.Queue(stack, 'Queue');
  const topic = new sns.Topic(stack, 'Topic');
  const rule = new events.Rule(stack, 'Hourly', { ruleName: 'hourly', schedule: events.Schedule.rate(Duration.hours(1)) });
  for (const target of [new targets.LambdaFunction(handler), new targets.SqsQueue(queue), new targets.SnsTopic(topic)]) rule.addTarget(target);
  return { stack, handler, queue, topic, rule };
}

const permissionsIn = stack => ofType(stack, 'AWS::Lambda::Permission');

export default {
  good: app => clock(app),
  'permission-missing': app => removed(...permissionsIn(clock(app).stack)),
  'permission-of-other-rule': app => {
    const { stack } = clock(app);
    const other = new events.Rule(stack, 'Daily', { ruleName: 'daily', schedule: events.Schedule.rate(Duration.days(1)) });
    changed(permissionsIn(stack)[0], 'SourceArn', stack.resolve(other.ruleArn));
  },
  'queue-policy-missing': app => removed(clock(app).queue.node.findChild('Policy')),
  'topic-policy-missing': app => removed(clock(app).topic.node.findChild('Policy')),
};
