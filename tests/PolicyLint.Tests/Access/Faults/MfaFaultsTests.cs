using PolicyLint.Engine.Access;
using PolicyLint.Engine.Access.Faults;
using PolicyLint.Engine.Resources;

namespace PolicyLint.Tests.Access.Faults;

/// <summary>What asks for MFA and what only seems to (semantics 1.7).</summary>
public sealed class MfaFaultsTests
{
    private const string Key = "aws:MultiFactorAuthPresent";

    private static string Of(params string[] statements) => string.Join(" ", new PolicyFaults()
        .Of(PolicyReader.Read(Given.ValueOf($"Version: '2012-10-17'\nStatement:\n{string.Concat(statements.Select(s => $"  - {s}\n"))}"), null, Scenario.Start(), []))
        .Where(f => f.Kind is FaultKind.WeakMfa).Select(f => $"{f.Statement}{(f.IsOpen ? "?" : "")}"));

    private static string Statement(string effect, string condition, string more = "Resource: '*'") => $"{{ Effect: {effect}, Action: 's3:*', {more}, Condition: {{ {condition} }} }}";

    [Theory]
    [InlineData("Deny", $"Bool: {{ {Key}: 'false' }}", "0")]
    [InlineData("Deny", $"Bool: {{ {Key}: 'FALSE' }}", "0")]
    [InlineData("Deny", $"StringEquals: {{ {Key}: 'false' }}", "0")]
    [InlineData("Deny", $"BoolIfExists: {{ {Key}: 'false' }}", "")]
    [InlineData("Deny", $"StringNotEquals: {{ {Key}: 'true' }}", "")]
    [InlineData("Deny", $"Bool: {{ {Key}: 'true' }}", "")]
    [InlineData("Deny", $"Bool: {{ {Key}: ⟨parameter P⟩ }}", "0?")]
    [InlineData("Deny", $"BoolIfExists: {{ {Key}: ⟨parameter P⟩ }}", "")]
    [InlineData("Allow", $"Bool: {{ {Key}: 'true' }}", "")]
    [InlineData("Allow", $"Bool: {{ {Key}: 'false' }}", "0")]
    [InlineData("Allow", $"BoolIfExists: {{ {Key}: 'true' }}", "0")]
    [InlineData("Allow", $"BoolIfExists: {{ {Key}: ⟨parameter P⟩ }}", "0?")]
    [InlineData("Allow", $"StringNotEquals: {{ {Key}: 'false' }}", "0")]
    [InlineData("Allow", $"BoolIfExists: {{ {Key}: 'true' }}, 'Null': {{ {Key}: 'false' }}", "")]
    [InlineData("⟨parameter E⟩", $"Bool: {{ {Key}: 'false' }}", "0?")]
    [InlineData("⟨parameter E⟩", $"BoolIfExists: {{ {Key}: 'true' }}", "0?")]
    [InlineData("⟨parameter E⟩", $"Bool: {{ {Key}: 'true' }}", "")]
    [InlineData("Deny", "NumericGreaterThan: { aws:MultiFactorAuthAge: '3600' }", "")]
    [InlineData("Deny", "NumericGreaterThanIfExists: { aws:MultiFactorAuthAge: '3600' }", "")]
    [InlineData("Allow", "NumericLessThan: { aws:MultiFactorAuthAge: '3600' }", "")]
    [InlineData("Allow", "NumericLessThanIfExists: { aws:MultiFactorAuthAge: '3600' }", "0")]
    [InlineData("Allow", $"NumericLessThanIfExists: {{ aws:MultiFactorAuthAge: '3600' }}, Bool: {{ {Key}: 'true' }}", "")]
    [InlineData("⟨parameter E⟩", "NumericLessThanIfExists: { aws:MultiFactorAuthAge: '3600' }", "0?")]
    public void A_condition_that_access_keys_slip_past_is_weak(string effect, string condition, string expected) => Assert.Equal(expected, Of(Statement(effect, condition)));

    [Fact]
    public void Services_never_have_MFA_and_are_let_in_on_purpose() =>
        Assert.Equal("", Of(Statement("Allow", $"BoolIfExists: {{ {Key}: 'true' }}", "Principal: { Service: lambda.amazonaws.com }, Resource: '*'")));

    [Theory]
    [InlineData("s3:*", "")]
    [InlineData("s3:GetObject", "0")]
    public void Two_Denies_together_may_reach_who_one_does_not(string action, string expected) =>
        Assert.Equal(expected, Of(Statement("Deny", $"Bool: {{ {Key}: 'false' }}"), $"{{ Effect: Deny, Action: '{action}', Resource: '*', Condition: {{ 'Null': {{ {Key}: 'true' }} }} }}"));
}
