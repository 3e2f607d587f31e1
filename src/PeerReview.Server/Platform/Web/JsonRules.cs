using System.Text.Json;
using System.Text.Json.Serialization;
using PeerReview.Core.Assessment;

namespace PeerReview.Server.Platform.Web;

/// <summary>How the API reads and writes JSON. Whatever we did not ask for is refused, never ignored.</summary>
public static class JsonRules
{
    /// <summary>The largest body of a request that is no upload, in bytes.</summary>
    public const long BodyLimit = 1_000_000;

    /// <summary>The largest file, in bytes; a request may be a little larger for the fields around it.</summary>
    public const long FileLimit = EvidenceRules.MaxBytes;

    /// <summary>Sets the rules.</summary>
    public static void Apply(JsonSerializerOptions json)
    {
        json.MaxDepth = 16;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.AllowDuplicateProperties = false;
        json.PropertyNameCaseInsensitive = false;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.Converters.Add(new StorableText());
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    /// <summary>Refuses what PostgreSQL cannot store in a text, at the place where it stands.</summary>
    private sealed class StorableText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
                throw new JsonException();
            var text = reader.GetString();
            return text?.Contains('\0', StringComparison.Ordinal) == true ? throw new JsonException() : text;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
