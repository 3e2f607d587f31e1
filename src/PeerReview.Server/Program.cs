using PeerReview.Server.Cli;

return await CommandLine.RunAsync(args);
