using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Launch;

/// <summary>A launch as it comes in, from the API or the page.</summary>
/// <param name="Subject">ISO 3166-1 alpha-3 code.</param>
/// <param name="Promise">Document to choice; see <see cref="PublishedDocuments"/>.</param>
public sealed record LaunchRequest(
    Guid Programme,
    string Subject,
    string Variant,
    string WorkingLanguage,
    ImmutableDictionary<string, string> Promise,
    bool Register,
    SignatureRequest? Signature)
{
    public string Process { get; init; } = "voluntary-review";

    public string SubjectKind { get; init; } = "national";

    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>Empty means the working language.</summary>
    public ImmutableArray<string> PublicationLanguages { get; init; } = [];

    public string CooldownReason { get; init; } = "";

    /// <summary>Whether stakeholders can be invited to contribute; a full review hears them in any case.</summary>
    public bool Stakeholders { get; init; }

    /// <summary>The notice to be checked and signed.</summary>
    public LaunchNotice ToNotice() => new(
        Process,
        SubjectKind,
        Variant,
        Items.IsDefault ? [] : Items,
        WorkingLanguage,
        PublicationLanguages.IsDefaultOrEmpty ? [WorkingLanguage] : PublicationLanguages,
        Promise.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Register,
        CooldownReason.Trim())
    {
        Stakeholders = Stakeholders,
    };

    /// <summary>The launch as the page sends it.</summary>
    public static LaunchRequest Of(Form form)
    {
        var place = form.Text("subject").Split(':');
        return new LaunchRequest(
            Guid.TryParse(place[0], out var programme) ? programme : Guid.Empty,
            place.Length > 1 ? place[1] : "",
            form.Text("variant"),
            form.Text("working_language"),
            PublishedDocuments.Of(form.Text("variant")).ToImmutableDictionary(d => d, d => form.Text($"promise.{d}"), StringComparer.Ordinal),
            form.IsOn("register"),
            SignatureRequest.Of(form))
        {
            Items = [.. form.All("items")],
            CooldownReason = form.Text("cooldown_reason"),
            Stakeholders = form.IsOn("stakeholders"),
        };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LaunchNotice))]
internal sealed partial class LaunchJson : JsonSerializerContext;
