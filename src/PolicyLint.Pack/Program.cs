using PolicyLint.Engine.Rules;

File.WriteAllBytes(args[0], RulePack.Write([.. RuleFile.Shipped()]));
