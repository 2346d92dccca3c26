return MarioAgentTool.Cli.CommandLine.Run(args);
