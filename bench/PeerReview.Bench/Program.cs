using PeerReview.Bench;

return await Programs.RunAsync(args);
