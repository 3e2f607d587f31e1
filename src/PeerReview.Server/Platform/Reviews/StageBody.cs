using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Reads what was sent to complete a stage, by the rules of every other request.</summary>
public sealed class StageBody(IOptions<JsonOptions> json)
{
    /// <summary>The body as a record; the record without anything given when nothing was sent.</summary>
    /// <exception cref="BadHttpRequestException">It is not what the record takes; a member is misspelt, for example.</exception>
    public T Read<T>(JsonElement body)
        where T : class, new()
    {
        if (body.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return new T();
        try
        {
            return body.Deserialize<T>(json.Value.SerializerOptions) ?? new T();
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The body does not fit the stage.", e);
        }
    }
}
