using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using PeerReview.Core;
using PeerReview.Core.Ports;
using PeerReview.Core.Process;
using PeerReview.Server;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Yaml;
using PeerReview.Server.Stacks;

namespace PeerReview.Bench;

/// <summary>The engines of all stacks built, beside each other: instances of a process with five human steps started and
/// finished in a second. In memory, and with the engine's text written to PostgreSQL and read back at every step, each step a
/// transaction of its own.</summary>
internal static class Engines
{
    private const int HumanSteps = 5;

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(Arguments arguments)
    {
        await using var server = await BenchServer.StartAsync();
        var t = await Baseline.MeasureAsync(server, arguments.Clients, arguments.Time);
        var report = new Report(t);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.Superuser)
        {
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 1,
            NoResetOnClose = true,
        });
        await using (var table = source.CreateCommand(Sql.Table))
            await table.ExecuteNonQueryAsync();

        foreach (var stack in BuiltStacks.All)
        {
            await using var services = Services(stack);
            var engine = services.GetRequiredService<IProcessEngine>();
            var bytes = await PlayAsync(engine, (text, _) => Task.FromResult(text));
            report.Line($"{stack.Name}, in memory", await Load.RunAsync(
                arguments.Clients, arguments.Time, _ => PlayAsync(engine, (text, _) => Task.FromResult(text))), $"text {bytes} characters");
            report.Line($"{stack.Name}, saved at every step", await Load.RunAsync(
                arguments.Clients, arguments.Time, _ => PlayAsync(engine, (text, id) => SaveAsync(source, text, id))));
        }
    }

    private static ServiceProvider Services(IStack stack)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        stack.Add(services, new AppOptions(new DatabaseConnections(null, "", ""), Path.GetTempPath(), [], ManualClock: true));
        return services.BuildServiceProvider();
    }

    /// <summary>One instance from launch to its end.</summary>
    /// <param name="keep">Stores a text and answers with what was stored.</param>
    /// <returns>The greatest length of a text.</returns>
    private static async Task<int> PlayAsync(IProcessEngine engine, Func<string, Guid, Task<string>> keep)
    {
        var id = Guid.CreateVersion7();
        var (state, text, longest) = (ProcessState.Initial(Definition), "", 0);
        ProcessCommand? next = new ProcessCommand.Launch(new Acting(default, ["STATE_AUTH"]), "only", "national", []);
        while (next is not null)
        {
            var decision = ((Verdict<Decision>.Accepted)Decider.Decide(Definition, state, next, Facts, Now)).Value;
            state = state.Evolve(decision.Events);
            var call = new EngineCall(Definition, state, decision.Signal!, Facts, Now);
            var result = decision.Signal is Signal.Launched
                ? await engine.StartAsync(call, default)
                : await engine.AdvanceAsync(text, call, default);
            state = state.Evolve(result.Moves);
            text = await keep(result.EngineState, id);
            longest = Math.Max(longest, text.Length);
            next = state.Open.FirstOrDefault() is { } open
                ? new ProcessCommand.Complete(new Acting(default, ["STATE_AUTH"]), open.Id)
                : null;
        }

        if (state.Status != ReviewStatus.Closed || Definition.Stages.Length != HumanSteps + 1)
            throw new InvalidOperationException("The instance did not come to its end.");
        return longest;
    }

    private static async Task<string> SaveAsync(NpgsqlDataSource source, string text, Guid id)
    {
        await using var command = source.CreateCommand(Sql.Save);
        command.Parameters.Add(new NpgsqlParameter<Guid>("Id", id));
        command.Parameters.Add(new NpgsqlParameter<string>("Text", NpgsqlDbType.Text) { TypedValue = text });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static ProcessDefinition Definition { get; } = Read();

    private static ProcessFacts Facts { get; } = new()
    {
        Branches = ImmutableDictionary<string, ImmutableArray<string>>.Empty,
    };

    private static ProcessDefinition Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "five-steps.v1.yaml");
        var read = DefinitionReader.Read(YamlNodes.Parse(File.ReadAllText(path), path).Root!, path);
        return read.Definition ?? throw new InvalidOperationException(string.Join('\n', read.Problems));
    }

    private static class Sql
    {
        public const string Table = "DROP TABLE IF EXISTS engine_text; CREATE TABLE engine_text (id uuid PRIMARY KEY, text text NOT NULL)";

        public const string Save =
            """
            INSERT INTO engine_text (id, text) VALUES (@Id, @Text)
            ON CONFLICT (id) DO UPDATE SET text = excluded.text
            RETURNING text
            """;
    }
}
