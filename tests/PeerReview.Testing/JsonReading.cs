using System.Text.Json;

namespace PeerReview.Testing;

/// <summary>Reads JSON answers in few words.</summary>
public static class JsonReading
{
    /// <summary>A text member; null when it is null.</summary>
    public static string? Text(this JsonElement element, string member) => element.GetProperty(member).GetString();
}
