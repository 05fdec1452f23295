using PolicyLint.Engine.Documents;

namespace PolicyLint.Engine.Resources.CloudFormation.Sam;

/// <summary>Expands <c>AWS::Serverless::SimpleTable</c> into a table.</summary>
internal static class SamSimpleTable
{
    public static void Expand(SamSource table)
    {
        var at = table.Here;
        var key = table.Map("PrimaryKey");
        var name = key?["Name"] ?? at.Text("id");
        table.Add(table.Id, "AWS::DynamoDB::Table", table.Location,
        [
            .. table.Without("PrimaryKey", "Tags"),
            at.Entry("AttributeDefinitions", at.List(at.Map(at.Entry("AttributeName", name), at.Entry("AttributeType", TypeOf(key?["Type"], at))))),
            at.Entry("KeySchema", at.List(at.Map(at.Entry("AttributeName", name), at.Entry("KeyType", "HASH")))),
            table["ProvisionedThroughput"] is null ? at.Entry("BillingMode", "PAY_PER_REQUEST") : null,
        ]);
    }

    private static Node TypeOf(Node? type, NodesAt at) => SamStack.TextOf(type) switch
    {
        null or "String" => at.Text("S"),
        "Number" => at.Text("N"),
        "Binary" => at.Text("B"),
        _ => type!,
    };
}
