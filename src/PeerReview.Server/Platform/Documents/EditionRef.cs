using System.Text.Json;
using System.Text.Json.Serialization;

namespace PeerReview.Server.Platform.Documents;

/// <summary>Which edition a row of the outbox is about.</summary>
internal sealed record EditionRef(string Slug, int Edition)
{
    public static string Write(EditionRef edition) => JsonSerializer.Serialize(edition, EditionRefJson.Default.EditionRef);

    /// <exception cref="JsonException">It is none.</exception>
    public static EditionRef Read(string body) =>
        JsonSerializer.Deserialize(body, EditionRefJson.Default.EditionRef) ?? throw new JsonException("An edition is null.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EditionRef))]
internal sealed partial class EditionRefJson : JsonSerializerContext;
