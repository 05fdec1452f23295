using PolicyLint.Cli;

return CommandLine.Run(args, Terminal.OfProcess());
