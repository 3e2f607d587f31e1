using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Core.Ports;
using PeerReview.Server.Stacks.Elsa.Engine;
using Xunit;

namespace PeerReview.Conformance.Elsa;

/// <summary>Texts as the engine stored them on the day this was written still lead on: whatever we rename meanwhile, the names
/// in them are found again.</summary>
public sealed class StoredTextTests
{
    private static readonly ElsaEngine Engine = new(NullLoggerFactory.Instance);

    [Theory]
    [InlineData("light", "self_assess", "self_assess.json")]
    [InlineData("desk", "desk_review", "desk_review.json")]
    public async Task A_stored_text_is_resumed(string variant, string stage, string file)
    {
        var run = new EngineRun(() => new OnlyAdvance(), ProcessEngineConformance.Definition("voluntary-review"));
        var reference = new EngineRun(() => new PeerReview.Server.Stacks.Embedded.InterpreterEngine(), ProcessEngineConformance.Definition("voluntary-review"));
        await reference.LaunchAsync(variant);
        await reference.ReachAsync(stage);

        run.TakeUp(reference.State, Text(file));
        await run.FinishAsync(stage);
        await reference.FinishAsync(stage);

        Assert.Equal(reference.Open, run.Open);
        Assert.NotEmpty(run.Open);
    }

    private static string Text(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"stored/{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Trim();
    }

    /// <summary>Never begins anew: what leads on is the text.</summary>
    private sealed class OnlyAdvance : IProcessEngine
    {
        public string Name => Engine.Name;

        public ValueTask<EngineResult> StartAsync(EngineCall call, CancellationToken cancel) => throw new InvalidOperationException();

        public ValueTask<EngineResult> AdvanceAsync(string engineState, EngineCall call, CancellationToken cancel) =>
            Engine.AdvanceAsync(engineState, call, cancel);

        public ValueTask<EngineResult> RebuildAsync(
            Core.Process.ProcessDefinition definition, IReadOnlyList<Core.Process.ProcessEvent> events, CancellationToken cancel) =>
            throw new InvalidOperationException();
    }
}
