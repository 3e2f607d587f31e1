using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PeerReview.Server;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;

// One node of the program as a process of its own, to be killed by a test: like `peerreview serve`, but on a database whose
// clock is moved by hand, and with an address that moves it (serving for real refuses both).
const string advance = "/clock/advance";
string Given(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not given.");
var options = new AppOptions(
    new DatabaseConnections(Owner: null, Given("PEERREVIEW_DATABASE"), Given("PEERREVIEW_DATABASE_WORKER")),
    Given("PEERREVIEW_DATA"),
    ["http://127.0.0.1:0"],
    ManualClock: true)
{
    // Without one, time passes when the test says so.
    Rhythm = Environment.GetEnvironmentVariable("PEERREVIEW_NODE_RHYTHM") is not null,
    Chromium = "",
    LogFrom = LogLevel.Error,
};
await using var app = await App.BuildAsync(options, CancellationToken.None);
app.MapPost(
    advance,
    async (DateTimeOffset to, ClockAdvance clock, CancellationToken cancel) => Results.Ok((await clock.ToAsync(to, cancel)).ToString()));
await app.StartAsync();
await Console.Out.WriteLineAsync($"The node answers at {App.AddressOf(app)}");
await app.WaitForShutdownAsync();
