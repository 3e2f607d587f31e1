using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Faults;

/// <summary>The real program as a process of its own on a database of the test, to be killed and started again; its way to the
/// database leads through proxies and its letters go to an SMTP server, so that a test knows how far it came.</summary>
public sealed class KilledProgram : IAsyncLifetime
{
    private static readonly string[] States =
    [
        "KEN", "CHL", "JPN", "GHA", "FJI", "PER", "SWE", "THA", "TUN", "URY", "ZMB", "AUT",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("peerreview-killed-");
    private readonly Queue<string> _states = new(States);
    private RunningProgram? _program;
    private string _address = "";

    public TestApp Test { get; private set; } = null!;

    public SmtpServer Mail { get; } = new();

    /// <summary>What the command leaves behind when nothing goes wrong, once somebody looked.</summary>
    public string? Undisturbed { get; set; }

    public PostgresProxy App { get; private set; } = null!;

    public PostgresProxy Worker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Test = await TestApp.StartAsync(atNine: false);
        App = new PostgresProxy(Test.Database.Connections.App);
        Worker = new PostgresProxy(Test.Database.Connections.Worker);
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
            await _program.DisposeAsync();
        await App.DisposeAsync();
        await Worker.DisposeAsync();
        await Mail.DisposeAsync();
        await Test.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>A review of another State, ready for the command, its letters out.</summary>
    public async Task<ReviewAt> ReviewAsync()
    {
        await Test.Database.AsOwnerAsync("UPDATE app.clock_shift SET manual = true");
        var review = await ReviewStages.AtAsync(Test, ReviewStages.Assessing, _states.Dequeue());
        await Test.LettersAsync();
        // What is served for real has a real clock.
        await Test.Database.AsOwnerAsync("UPDATE app.clock_shift SET manual = false");
        return review;
    }

    /// <summary>Starts the program unless it runs.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        if (_program is not null)
            return;
        var program = RunningProgram.Start(
            _folder.FullName,
            ["serve", "--urls", "http://127.0.0.1:0", "--data", _folder.FullName],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PEERREVIEW_DATABASE"] = App.Through,
                ["PEERREVIEW_DATABASE_WORKER"] = Worker.Through,
                ["PEERREVIEW_SMTP"] = $"127.0.0.1:{Mail.Port}",
                ["PEERREVIEW_SMTP_SECURITY"] = "none",
            });
        try
        {
            _address = (await program.WaitForAsync("answers at", cancel)).Split(' ')[^1];
            _program = program;
        }
        finally
        {
            // One that did not start is not the one the next test finds running.
            if (_program is null)
                await program.DisposeAsync();
        }
    }

    /// <summary>Kills it where it stands. What it had in hand is free again, as it is when its lease has run out.</summary>
    public async Task KillAsync()
    {
        var program = _program!;
        _program = null;
        await program.KillAsync();
        await program.DisposeAsync();
        await App.DropAsync();
        await Worker.DropAsync();
        Mail.Behaviour = _ => Task.FromResult(SmtpBehaviour.Take);
        await Test.Database.AsOwnerAsync("UPDATE outbox SET leased_until = now() - interval '1 second' WHERE leased_until IS NOT NULL");
    }

    /// <summary>The command: an extension, which has a text, events, a new deadline with its reminders, and letters.</summary>
    public async Task<HttpResponseMessage> CommandAsync(ReviewAt review, CancellationToken cancel)
    {
        using var client = new HttpClient { BaseAddress = new Uri(_address) };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{review.Api}/stages/self_assess/extend")
        {
            Content = JsonContent.Create(new { days = 30, reason = "[a flood]" }),
        };
        request.Headers.Authorization = review.FocalPoint.Client.DefaultRequestHeaders.Authorization;
        request.Headers.Add("Idempotency-Key", review.Id.ToString());
        try
        {
            return await client.SendAsync(request, cancel);
        }
        catch (HttpRequestException unanswered) when (_program is { } program)
        {
            throw new HttpRequestException($"{unanswered.Message} {program.Account}", unanswered);
        }
    }
}
