// Functions and a state machine that work off queues, streams and tables with the rights that CDK grants them.
import { Stack, aws_dynamodb as dynamodb, aws_kinesis as kinesis, aws_kms as kms, aws_lambda as lambda, aws_lambda_event_sources as sources, aws_sqs as sqs, aws_stepfunctions as steps, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { withoutStatement } from '../break.mjs';

function workers(app) {
  const stack = new Stack(app, 'Workers', { env: { account: '111122223333', region: 'eu-west-1' } });
  const handler = new lambda.Function(stack, 'Handler', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};') });
  const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE });
  const queue = new sqs.Queue(stack, 'Queue', { encryptionMasterKey: new kms.Key(stack, 'Key') });
  handler.addEventSource(new sources.SqsEventSource(queue));
  handler.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'Stream'), { startingPosition: lambda.StartingPosition.LATEST }));
  handler.addEventSource(new sources.DynamoEventSource(table, { startingPosition: lambda.StartingPosition.LATEST }));
  table.grantReadWriteData(handler);
  new steps.StateMachine(stack, 'Machine', { definitionBody: steps.DefinitionBody.fromChainable(new tasks.LambdaInvoke(stack, 'Invoke', { lambdaFunction: handler })) });
  return { stack, handler };
}

export default {
  good: app => workers(app),
  'queue-right-missing': app => withoutStatement(workers(app).handler.role.node.findChild('DefaultPolicy'), 'PolicyDocument', 0),
};
