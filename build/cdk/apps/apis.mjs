// A REST API and an HTTP API in front of a function.
import { Stack, aws_apigateway as rest, aws_apigatewayv2 as http, aws_apigatewayv2_integrations as integrations, aws_lambda as lambda } from 'aws-cdk-lib';
import { ofType, removed } from '../break.mjs';

function apis(app) {
  const stack = new Stack(app, 'Apis', { env: { account: '111122223333', region: 'eu-west-1' } });
  const handler = new lambda.Function(stack, 'Handler', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};') });
  const restApi = new rest.LambdaRestApi(stack, 'Rest', { handler, proxy: false });
  const items = restApi.root.addResource('items').addMethod('GET');
  const httpApi = new http.HttpApi(stack, 'Http');
  httpApi.addRoutes({ path: '/items', methods: [http.HttpMethod.GET], integration: new integrations.HttpLambdaIntegration('Items', handler) });
  return { stack, handler, restApi, httpApi, items };
}

export default {
  good: app => apis(app),
  'permissions-missing': app => removed(...ofType(apis(app).stack, 'AWS::Lambda::Permission')),
};
