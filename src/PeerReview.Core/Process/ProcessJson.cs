using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PeerReview.Core.Process;

/// <summary>Process events and the state as stored text. Kinds and property names (snake_case) are the ledger format.</summary>
/// <remarks>Bodies come out canonical (RFC 8785): sorted names, no spaces, no nulls, no numbers but small whole ones.</remarks>
public static class ProcessJson
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> Types = new JsonTypeInfo[]
    {
        ProcessJsonContext.Default.Launched,
        ProcessJsonContext.Default.PartCompleted,
        ProcessJsonContext.Default.FailureDeclared,
        ProcessJsonContext.Default.Returned,
        ProcessJsonContext.Default.RightWaived,
        ProcessJsonContext.Default.SkipChosen,
        ProcessJsonContext.Default.Extended,
        ProcessJsonContext.Default.SilenceCounted,
        ProcessJsonContext.Default.ClockPaused,
        ProcessJsonContext.Default.ClockResumed,
        ProcessJsonContext.Default.VariantChanged,
        ProcessJsonContext.Default.Deferred,
        ProcessJsonContext.Default.Suspended,
        ProcessJsonContext.Default.Resumed,
        ProcessJsonContext.Default.Withdrawn,
        ProcessJsonContext.Default.BranchReplaced,
        ProcessJsonContext.Default.DeadlineSet,
        ProcessJsonContext.Default.StageOpened,
        ProcessJsonContext.Default.StageSkipped,
        ProcessJsonContext.Default.BranchOpened,
        ProcessJsonContext.Default.PartClosed,
        ProcessJsonContext.Default.StageClosed,
        ProcessJsonContext.Default.StageReset,
        ProcessJsonContext.Default.ReviewClosed,
    }.ToFrozenDictionary(t => ProcessCodes.Snake(t.Type.Name), StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> Names =
        Types.ToFrozenDictionary(kind => kind.Value.Type, kind => kind.Key);

    /// <summary>All kinds, so that a test can see that each has its words.</summary>
    public static ImmutableArray<string> Kinds { get; } = [.. Types.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether a stored kind is one of these.</summary>
    public static bool Knows(string kind) => Types.ContainsKey(kind);

    /// <summary>The stored kind of an event: <c>stage_opened</c>.</summary>
    public static string KindOf(ProcessEvent @event) => Names[@event.GetType()];

    /// <summary>The canonical body of an event.</summary>
    public static string Write(ProcessEvent @event) => JsonSerializer.Serialize(@event, Types[KindOf(@event)]);

    /// <summary>The canonical body of an event, parsed.</summary>
    public static JsonElement WriteElement(ProcessEvent @event) => JsonSerializer.SerializeToElement(@event, Types[KindOf(@event)]);

    /// <summary>The event of a stored row.</summary>
    /// <exception cref="JsonException">The body does not fit its kind.</exception>
    public static ProcessEvent Read(string kind, string body) =>
        (ProcessEvent?)JsonSerializer.Deserialize(body, Types[kind]) is { } read && read.At != default
            ? read
            : throw new JsonException($"A body of {kind} says when it happened.");

    /// <summary>The state as the review's row keeps it: compact, read back by this class only.</summary>
    public static string WriteState(ProcessState state) =>
        JsonSerializer.Serialize(StateSnapshot.Of(state), ProcessJsonContext.Default.StateSnapshot);

    /// <summary>The state of a stored row.</summary>
    /// <param name="definition">The pinned definition.</param>
    /// <exception cref="JsonException">The text is not a state, or belongs to another definition: fold the events instead.</exception>
    public static ProcessState ReadState(ProcessDefinition definition, string text) =>
        (JsonSerializer.Deserialize(text, ProcessJsonContext.Default.StateSnapshot) ?? throw new JsonException("No state."))
        .ToState(definition);
}

/// <summary>Writes an id as its bare value.</summary>
internal sealed class PersonIdConverter : JsonConverter<PersonId>
{
    public override PersonId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, PersonId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>Writes members by their codes.</summary>
internal sealed class CodeConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ProcessCodes.Parse<T>(reader.GetString() ?? "") ?? throw new JsonException($"Not a code of {typeof(T).Name}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ProcessCodes.Of(value));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [
        typeof(PersonIdConverter), typeof(CodeConverter<SilenceEffect>), typeof(CodeConverter<DeadlineCause>),
        typeof(CodeConverter<SkipCause>), typeof(CodeConverter<PartStatus>), typeof(CodeConverter<StageStatus>),
        typeof(CodeConverter<ResetCause>)])]
[JsonSerializable(typeof(ProcessEvent.Launched))]
[JsonSerializable(typeof(ProcessEvent.PartCompleted))]
[JsonSerializable(typeof(ProcessEvent.FailureDeclared))]
[JsonSerializable(typeof(ProcessEvent.Returned))]
[JsonSerializable(typeof(ProcessEvent.RightWaived))]
[JsonSerializable(typeof(ProcessEvent.SkipChosen))]
[JsonSerializable(typeof(ProcessEvent.Extended))]
[JsonSerializable(typeof(ProcessEvent.SilenceCounted))]
[JsonSerializable(typeof(ProcessEvent.ClockPaused))]
[JsonSerializable(typeof(ProcessEvent.ClockResumed))]
[JsonSerializable(typeof(ProcessEvent.VariantChanged))]
[JsonSerializable(typeof(ProcessEvent.Deferred))]
[JsonSerializable(typeof(ProcessEvent.Suspended))]
[JsonSerializable(typeof(ProcessEvent.Resumed))]
[JsonSerializable(typeof(ProcessEvent.Withdrawn))]
[JsonSerializable(typeof(ProcessEvent.BranchReplaced))]
[JsonSerializable(typeof(ProcessEvent.DeadlineSet))]
[JsonSerializable(typeof(ProcessEvent.StageOpened))]
[JsonSerializable(typeof(ProcessEvent.StageSkipped))]
[JsonSerializable(typeof(ProcessEvent.BranchOpened))]
[JsonSerializable(typeof(ProcessEvent.PartClosed))]
[JsonSerializable(typeof(ProcessEvent.StageClosed))]
[JsonSerializable(typeof(ProcessEvent.StageReset))]
[JsonSerializable(typeof(ProcessEvent.ReviewClosed))]
[JsonSerializable(typeof(StateSnapshot))]
internal sealed partial class ProcessJsonContext : JsonSerializerContext;
