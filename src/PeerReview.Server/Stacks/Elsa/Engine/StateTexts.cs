using System.Collections.Concurrent;
using System.Text.Json;
using Elsa.Workflows.Serialization.ReferenceHandlers;
using Elsa.Workflows.Serialization.Serializers;
using Elsa.Workflows.State;
using PeerReview.Core.Ports;

namespace PeerReview.Server.Stacks.Elsa.Engine;

/// <summary>The state of a workflow as text and back, by Elsa's own serializer.</summary>
/// <remarks>That one makes options anew for each call, and with them all that .NET has learned of the types. Options are kept
/// here instead; each is in use once at a time, because it remembers references while it works.</remarks>
internal sealed class StateTexts(JsonWorkflowStateSerializer serializer)
{
    private readonly ConcurrentBag<JsonSerializerOptions> _idle = [];

    public string Write(WorkflowState state) => Use(options => JsonSerializer.Serialize(state, options));

    /// <exception cref="EngineStateException">The text is not one of ours.</exception>
    public WorkflowState Read(string text)
    {
        try
        {
            return Use(options => JsonSerializer.Deserialize<WorkflowState>(text, options))
                ?? throw new EngineStateException("The engine's text is empty.");
        }
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new EngineStateException($"The engine's text cannot be read: {wrong.Message}")
            {
                IsForeign = !text.StartsWith('{'),
            };
        }
    }

    private T Use<T>(Func<JsonSerializerOptions, T> work)
    {
        var options = _idle.TryTake(out var kept) ? kept : serializer.GetOptions();
        ((CrossScopedReferenceHandler)options.ReferenceHandler!).Reset();
        var result = work(options);
        _idle.Add(options);
        return result;
    }
}
