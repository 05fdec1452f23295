using System.Globalization;
using System.Text;

namespace PolicyLint.Benchmarks;

/// <summary>A template of 500 resources and 40 conditions that nobody can decide before the deploy: buckets with policies, functions
/// with roles, each depending on two to five of the conditions.</summary>
internal static class ManyConditions
{
    public const int Resources = 500;
    private const int Conditions = 40;

    /// <summary>Writes the template into a file.</summary>
    public static void Write(string file)
    {
        var text = new StringBuilder("Parameters:\n");
        for (var i = 0; i < Conditions; i++) text.Append(CultureInfo.InvariantCulture, $"  P{i}: {{ Type: String }}\n");
        text.Append("Conditions:\n");
        for (var i = 0; i < Conditions; i++) text.Append(CultureInfo.InvariantCulture, $"  C{i}: !Equals [!Ref P{i}, \"yes\"]\n");
        text.Append("Resources:\n");
        for (var i = 0; i < Resources / 4; i++) text.Append(Group(i));
        File.WriteAllText(file, text.ToString());
    }

    private static string Group(int i) => $$"""
          Bucket{{i}}:
            Type: AWS::S3::Bucket
            Condition: {{C(i)}}
            Properties:
              BucketName: !If [{{C(i + 7)}}, !Sub "bucket-${P{{i % Conditions}}}-{{i}}", !Ref AWS::NoValue]
              LoggingConfiguration: !If [{{C(i + 2)}}, { DestinationBucketName: !Ref Bucket{{Math.Max(0, i - 1)}} }, !Ref AWS::NoValue]
          Policy{{i}}:
            Type: AWS::S3::BucketPolicy
            Condition: {{C(i)}}
            Properties:
              Bucket: !Ref Bucket{{i}}
              PolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - { Effect: Allow, Principal: { AWS: !If [{{C(i + 3)}}, !GetAtt Role{{i}}.Arn, !Sub "arn:aws:iam::${AWS::AccountId}:role/reader"] }, Action: s3:GetObject, Resource: !Sub "${Bucket{{i}}.Arn}/*" }
                  - !If [{{C(i + 4)}}, { Effect: Deny, Principal: "*", Action: "s3:*", Resource: !Sub "${Bucket{{i}}.Arn}/*", Condition: { Bool: { "aws:SecureTransport": "false" } } }, !Ref AWS::NoValue]
                  - !If [{{C(i + 5)}}, { Effect: Allow, Principal: { Service: logging.s3.amazonaws.com }, Action: s3:PutObject, Resource: !Sub "${Bucket{{i}}.Arn}/*" }, !Ref AWS::NoValue]
          Role{{i}}:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
              Policies:
                - PolicyName: work
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:
                      - { Effect: Allow, Action: [logs:CreateLogGroup, logs:CreateLogStream, logs:PutLogEvents], Resource: "*" }
                      - !If [{{C(i + 6)}}, { Effect: Allow, Action: s3:GetObject, Resource: !Sub "${Bucket{{i}}.Arn}/*" }, !Ref AWS::NoValue]
          Function{{i}}:
            Type: AWS::Lambda::Function
            Condition: {{C(i + 1)}}
            Properties:
              Role: !GetAtt Role{{i}}.Arn
              Runtime: nodejs22.x
              Handler: a.b
              Code: { S3Bucket: code, S3Key: key }
              Environment: { Variables: { BUCKET: !If [{{C(i + 9)}}, !Ref Bucket{{i}}, none] } }

        """;

    private static string C(int i) => $"C{i % Conditions}";
}
