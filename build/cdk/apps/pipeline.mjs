// A pipeline that deploys into another account: its artifact bucket and key, and the roles of both accounts.
import { Stack, aws_codebuild as codebuild, aws_codepipeline as codepipeline, aws_codepipeline_actions as actions, aws_iam as iam, aws_kms as kms, aws_s3 as s3 } from 'aws-cdk-lib';
import { withoutStatement } from '../break.mjs';

const tools = { account: '111122223333', region: 'eu-west-1' };
const prod = { account: '444455556666', region: 'eu-west-1' };

function pipeline(app, { key = true } = {}) {
  const stack = new Stack(app, 'Delivery', { env: tools });
  const source = new codepipeline.Artifact();
  const built = new codepipeline.Artifact();
  const sources = new s3.Bucket(stack, 'Sources', { versioned: true });
  const made = new codepipeline.Pipeline(stack, 'Pipeline', {
    crossAccountKeys: key,
    stages: [
      { stageName: 'Source', actions: [new actions.S3SourceAction({ actionName: 'Source', bucket: sources, bucketKey: 'app.zip', output: source, trigger: actions.S3Trigger.NONE })] },
      { stageName: 'Build', actions: [new actions.CodeBuildAction({ actionName: 'Build', project: new codebuild.PipelineProject(stack, 'Build'), input: source, outputs: [built] })] },
      {
        stageName: 'Deploy',
        actions: [new actions.CloudFormationCreateUpdateStackAction({ actionName: 'Prod', stackName: 'app', templatePath: built.atPath('template.yaml'), adminPermissions: false, account: prod.account })],
      },
    ],
  });
  return { stack, made };
}

/** The deploy role is in a stack of the other account, written by hand. */
function withOwnRole(app, { actionRole } = {}) {
  const accounts = new Stack(app, 'Accounts', { env: prod });
  const role = new iam.Role(accounts, 'Deploy', { roleName: 'deploy-from-tools', assumedBy: actionRole ?? new iam.AccountPrincipal(tools.account) });
  const stack = new Stack(app, 'Delivery', { env: tools });
  const key = new kms.Key(stack, 'Key');
  const bucket = new s3.Bucket(stack, 'Artifacts', { bucketName: 'example-artifacts', encryptionKey: key, encryption: s3.BucketEncryption.KMS, enforceSSL: true });
  bucket.grantReadWrite(role);
  return { stack, key, bucket, role };
}

export default {
  good: app => pipeline(app),
  'good-own-role': app => withOwnRole(app),
  'key-statement-missing': app => withoutStatement(withOwnRole(app).key, 'KeyPolicy', 1),
  'bucket-statement-missing': app => withoutStatement(withOwnRole(app).bucket.policy, 'PolicyDocument', 1),
};
