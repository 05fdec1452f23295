namespace PolicyLint.Tests.Cli;

/// <summary>Workflows of the repository that put objects are judged beside its templates.</summary>
public sealed class WorkflowUploadsTest : IDisposable
{
    private const string Configuration = "account: \"111122223333\"\nbuckets: { partner: { account: \"444455556666\", ownership: BucketOwnerPreferred } }\n";
    private const string Template = "Resources: { Site: { Type: AWS::S3::Bucket, Properties: { BucketName: own-site } } }\n";
    private const string Role = "      - uses: aws-actions/configure-aws-credentials@v4\n        with: { role-to-assume: 'arn:aws:iam::111122223333:role/deploy', aws-region: eu-west-1 }\n";
    private readonly Workspace workspace = new Workspace().Write("policylint.yaml", Configuration).Write("infra/site.yaml", Template);

    public void Dispose() => workspace.Dispose();

    private string Scan(string path, string text)
    {
        workspace.Write(path, text);
        return UploadPlaces.In(workspace);
    }

    private string GitHub(string steps, string ofJob = "", string ofAll = "") =>
        Scan(".github/workflows/deploy.yml", $"on: push\n{ofAll}jobs:\n  deploy:\n    runs-on: ubuntu-latest\n{ofJob}    steps:\n{steps}");

    [Fact]
    public void A_step_is_told_on_the_line_of_its_call() => Assert.Equal(".github/workflows/deploy.yml:13:11", GitHub(Role + """
              - uses: actions/checkout@v4
              - name: Upload
                run: |
                  npm ci
                  # the site
                  aws s3 sync dist s3://partner/site \
                    --delete

        """));

    [Theory]
    [InlineData("aws s3 cp a s3://partner --acl bucket-owner-full-control", "")]
    [InlineData("aws s3 cp a s3://partner --grants read=id=1", "")]
    [InlineData("aws s3 cp a s3://unheard-of", "")]
    [InlineData("aws s3 cp a s3://${{ vars.BUCKET }}", "")]
    [InlineData("aws s3 cp a s3://partner/${{ github.sha }}/a", ".github/workflows/deploy.yml:8:14")]
    [InlineData("aws s3 cp a s3://partner --acl ${{ vars.ACL }}", ".github/workflows/deploy.yml:8:14 unknown")]
    [InlineData("aws s3 cp a s3://${{ 'partner' }}", ".github/workflows/deploy.yml:8:14")]
    [InlineData("aws s3api put-object --bucket partner --key k", ".github/workflows/deploy.yml:8:14")]
    [InlineData("aws s3api copy-object --bucket partner --key k --copy-source own/k --acl private", ".github/workflows/deploy.yml:8:14")]
    [InlineData("aws s3 cp a s3://own-site --acl public-read", ".github/workflows/deploy.yml:8:46")]
    [InlineData("aws s3 cp a s3://own-site", "")]
    [InlineData("aws s3 cp a s3://partner --profile other", ".github/workflows/deploy.yml:8:14 unknown")]
    public void What_a_step_says_counts(string command, string expected) => Assert.Equal(expected, GitHub($"{Role}      - run: {command}\n"));

    [Theory]
    [InlineData("", "", "        env: { BUCKET: partner }\n", 10)]
    [InlineData("", "    env: { BUCKET: partner }\n", "", 10)]
    [InlineData("env:\n  NAME: partner\n", "    env: { BUCKET: '${{ env.NAME }}' }\n", "", 12)]
    [InlineData("env: { BUCKET: own-site }\n", "", "        env: { BUCKET: partner }\n", 11)]
    public void Variables_are_those_of_the_workflow_the_job_and_the_step(string ofAll, string ofJob, string ofStep, int line)
    {
        foreach (var way in new[] { "\"s3://$BUCKET/\"", "s3://${BUCKET}", "s3://${{ env.BUCKET }}/x" })
            Assert.StartsWith($".github/workflows/deploy.yml:{line}:", GitHub($"{Role}      - if: always()\n{ofStep}        run: aws s3 cp a {way}\n", ofJob, ofAll), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_another_step_sets_is_not_the_one_of_the_job() =>
        Assert.Equal(".github/workflows/deploy.yml:9:45", GitHub(
            Role + "      - run: aws s3 cp a s3://$TARGET --acl public-read\n      - run: echo \"TARGET=$(./find)\" >> $GITHUB_ENV\n      - run: aws s3 cp a s3://$TARGET --acl public-read\n", "    env: { TARGET: own-site }\n"));

    [Fact]
    public void What_a_matrix_may_put_in_is_not_passed_over()
    {
        Assert.EndsWith(" unknown", GitHub($"{Role}      - run: aws s3 cp a s3://${{{{ matrix.bucket }}}}\n", "    strategy: { matrix: { bucket: [own-site, partner] } }\n"), StringComparison.Ordinal);
        Assert.EndsWith(" unknown", GitHub($"{Role}      - run: aws s3 cp a s3://${{{{ matrix.bucket }}}}\n", "    strategy: { matrix: { include: [{ bucket: own-site }, { bucket: partner }] } }\n"), StringComparison.Ordinal);
        Assert.Equal(".github/workflows/deploy.yml:9:14", GitHub($"{Role}      - run: aws s3 cp a s3://${{{{ matrix.bucket }}}}\n", "    strategy: { matrix: { bucket: [partner], node: [20, 22] } }\n"));
        Assert.Equal("", GitHub($"{Role}      - run: aws s3 cp a s3://${{{{ matrix.bucket }}}}\n", "    strategy: { matrix: { bucket: [own-site, other] } }\n"));
    }

    [Theory]
    [InlineData("role-to-assume: 'arn:aws:iam::111122223333:role/${{ inputs.role }}'", "", "6")]
    [InlineData("role-to-assume: 'arn:aws:iam::444455556666:role/theirs'", "", "")]
    [InlineData("role-to-assume: 'arn:aws:iam::777788889999:role/third'", "", "6")]
    [InlineData("role-to-assume: '${{ secrets.ROLE }}'", "", "6 unknown")]
    [InlineData("aws-access-key-id: '${{ secrets.KEY }}'", "", "6 unknown")]
    [InlineData("role-to-assume: 'arn:aws:iam::${{ env.ACCOUNT }}:role/x'", "    env: { ACCOUNT: '444455556666' }\n", "")]
    [InlineData("role-to-assume: 'arn:aws:iam::111122223333:role/x'", "    env: { AWS_PROFILE: ci }\n", "6")]
    public void The_writer_is_the_role_that_the_step_before_took_on(string inputs, string ofJob, string expected)
    {
        var steps = $"      - {{ uses: aws-actions/configure-aws-credentials@v4, with: {{ {inputs} }} }}\n      - run: aws s3 cp a s3://partner\n";
        var line = expected.Length == 0 ? "" : $".github/workflows/deploy.yml:{(ofJob.Length > 0 ? 8 : 7)}:14{expected[1..]}";
        Assert.Equal(line, GitHub(steps, ofJob));
    }

    [Fact]
    public void Without_a_role_nobody_knows_who_writes()
    {
        Assert.EndsWith(" unknown", GitHub("      - run: aws s3 cp a s3://partner\n"), StringComparison.Ordinal);
        Assert.EndsWith(" unknown", GitHub($"{Role}      - run: aws s3 cp a s3://partner\n        env: {{ AWS_ACCESS_KEY_ID: '${{{{ secrets.K }}}}' }}\n"), StringComparison.Ordinal);
        Assert.EndsWith(" unknown", GitHub($"{Role.Replace("      - uses", "      - if: github.ref == 'x'\n        uses", StringComparison.Ordinal)}      - run: aws s3 cp a s3://partner\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Jobs_have_each_their_own_role() => Assert.Equal(
        ".github/workflows/deploy.yml:9:14 unknown",
        Scan(".github/workflows/deploy.yml", $"on: push\njobs:\n  a:\n    steps:\n{Role}  b:\n    steps:\n      - run: aws s3 cp a s3://partner\n"));

    [Fact]
    public void A_step_may_be_a_program_in_Python() =>
        Assert.Equal(".github/workflows/deploy.yml:11:14", GitHub(Role + "      - shell: python\n        run: |\n          import boto3\n          s3.put_object(Bucket='partner')\n"));

    [Fact]
    public void A_suppression_stands_in_the_workflow() =>
        Assert.Equal("", GitHub($"{Role}      - run: aws s3 cp a s3://partner # policylint:ignore upload-cross-account-acl they take it over\n"));

    [Theory]
    [InlineData("deploy:\n  script:\n    - npm ci\n    - aws s3 sync a s3://partner\n", "AWS_ROLE_ARN: arn:aws:iam::111122223333:role/deploy", ".gitlab-ci.yml:6:7")]
    [InlineData("deploy:\n  script: aws s3 sync a s3://$SITE\n", "AWS_ROLE_ARN: arn:aws:iam::111122223333:role/deploy, NAME: partner, SITE: '${NAME}/web'", ".gitlab-ci.yml:4:11")]
    [InlineData("deploy:\n  script: aws s3 sync a s3://$SITE\n", "AWS_ROLE_ARN: arn:aws:iam::111122223333:role/deploy, SITE: { value: partner, description: where to }", "")]
    [InlineData("deploy:\n  script: [ \"aws s3 sync a s3://partner\" ]\n", "OTHER: x", ".gitlab-ci.yml:4:14 unknown")]
    [InlineData("deploy:\n  script: [ \"aws s3 sync a s3://partner --acl bucket-owner-full-control\" ]\n", "OTHER: x", "")]
    [InlineData(".up:\n  before_script: [ export B=partner ]\n  script: aws s3 sync a s3://$B\ndeploy: { extends: .up }\n", "AWS_ROLE_ARN: arn:aws:iam::111122223333:role/deploy", ".gitlab-ci.yml:5:11")]
    [InlineData(".up:\n  script: aws s3 sync a s3://partner\n", "AWS_ROLE_ARN: arn:aws:iam::111122223333:role/deploy", "")]
    [InlineData(".up:\n  run: [ aws s3 sync a s3://partner ]\ndeploy:\n  script: [ [ echo, !reference [.up, run] ] ]\n", "AWS_ROLE_ARN: arn:aws:iam::111122223333:role/deploy", ".gitlab-ci.yml:4:10")]
    [InlineData("deploy:\n  script: [ make ]\n  after_script: [ aws s3 cp log s3://partner ]\n", "AWS_ROLE_ARN: arn:aws:iam::111122223333:role/deploy", ".gitlab-ci.yml:5:19")]
    [InlineData("deploy:\n  variables: { AWS_ROLE_ARN: 'arn:aws:iam::444455556666:role/theirs' }\n  script: aws s3 cp log s3://partner\n", "AWS_ROLE_ARN: arn:aws:iam::111122223333:role/deploy", "")]
    public void Pipelines_of_GitLab_are_read(string jobs, string variables, string expected) =>
        Assert.Equal(expected, Scan(".gitlab-ci.yml", $"stages: [deploy]\nvariables: {{ {variables} }}\n{jobs}"));

    [Theory]
    [InlineData("scan", ".github")]
    [InlineData("scan", ".github/workflows/deploy.yml")]
    public void A_workflow_alone_is_nothing_to_judge(params string[] arguments)
    {
        workspace.Write(".github/workflows/deploy.yml", "on: push\njobs: { a: { steps: [{ run: make }] } }\n");
        var answer = workspace.Run(arguments);
        Assert.Equal(3, answer.Code);
        Assert.Contains("no template and no plan was found", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workflow_beside_a_template_is_no_document_of_its_own()
    {
        workspace.Write(".github/workflows/deploy.yml", $"on: push\njobs:\n  deploy:\n    steps:\n{Role}      - run: aws s3 cp a s3://partner --acl bucket-owner-full-control\n");
        var answer = workspace.Run("scan", "infra/site.yaml", ".github/workflows/deploy.yml", "--verbose");
        Assert.Equal(0, answer.Code);
        Assert.Contains(".github/workflows/deploy.yml: a workflow: only what it uploads is read", answer.Output, StringComparison.Ordinal);
        Assert.Contains("1 file", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bucket_of_the_configuration_may_be_foreign_where_no_account_is_said()
    {
        workspace.Write("policylint.yaml", "buckets: { partner: { account: \"444455556666\", ownership: BucketOwnerPreferred } }\n");
        Assert.EndsWith(" unknown", GitHub("      - run: aws s3 cp a s3://partner\n"), StringComparison.Ordinal);
        Assert.Equal(".github/workflows/deploy.yml:8:14", GitHub($"{Role}      - run: aws s3 cp a s3://partner\n"));
    }

    [Fact]
    public void A_broken_workflow_that_speaks_of_S3_could_not_be_judged()
    {
        workspace.Write(".github/workflows/deploy.yml", "on: push\njobs:\n  deploy: { steps: [{ run: 'aws s3 cp a s3://partner' ]\n");
        var answer = workspace.Run("scan", ".");
        Assert.Equal(3, answer.Code);
        Assert.Contains(".github/workflows/deploy.yml:3:", answer.Output, StringComparison.Ordinal);
        Assert.Contains("the workflow cannot be read, nor what it uploads: broken YAML: ", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_workflow_that_puts_no_objects_is_left_alone()
    {
        workspace.Write(".github/workflows/deploy.yml", "on: push\njobs:\n  deploy: { steps: [{ run: make ]\n");
        Assert.Equal(0, workspace.Run("scan", ".").Code);
    }

    [Fact]
    public void A_workflow_that_is_too_large_could_not_be_judged()
    {
        workspace.Write(".github/workflows/deploy.yml", $"on: push\n# {new string('x', 1024 * 1024)}\njobs: {{ deploy: {{ steps: [{{ run: aws s3 cp a s3://partner }}] }} }}\n");
        var answer = workspace.Run("scan", ".");
        Assert.Equal(3, answer.Code);
        Assert.Contains("the workflow has more than the 1 MB that PolicyLint reads of one, and what it uploads is not judged", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ObjectWriter", "account: \"111122223333\"\n", ".github/workflows/deploy.yml:8:14 unknown")]
    [InlineData("ObjectWriter", "", ".github/workflows/deploy.yml:8:14 unknown")]
    [InlineData("BucketOwnerEnforced", "", "")]
    public void Whose_objects_a_role_puts_that_nobody_knows_is_unknown_in_a_bucket_of_the_input(string ownership, string configuration, string expected)
    {
        workspace.Write("policylint.yaml", configuration);
        workspace.Write("infra/site.yaml", $"Resources: {{ Site: {{ Type: AWS::S3::Bucket, Properties: {{ BucketName: own-site, OwnershipControls: {{ Rules: [{{ ObjectOwnership: {ownership} }}] }} }} }} }}\n");
        Assert.Equal(expected, GitHub("      - uses: aws-actions/configure-aws-credentials@v4\n        with: { role-to-assume: '${{ secrets.ROLE }}', aws-region: eu-west-1 }\n      - run: aws s3 cp a s3://own-site\n"));
    }
}
