using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PeerReview.Core;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Launch;

/// <summary>A launch as it comes in, from the API or the page.</summary>
/// <param name="Subject">ISO 3166-1 alpha-3 code.</param>
public sealed record LaunchRequest(
    Guid Programme,
    string Subject,
    string Variant,
    string WorkingLanguage,
    bool Register,
    SignatureRequest? Signature)
{
    /// <summary>Document to choice; see <see cref="PublishedDocuments"/>. None in a process that publishes in another way.</summary>
    public ImmutableDictionary<string, string> Promise { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The id of the process; without one, that every programme offers.</summary>
    public string Process { get; init; } = "voluntary-review";

    /// <summary>Stages that take place though the process lets them be left out.</summary>
    public ImmutableArray<string> Optional { get; init; } = [];

    /// <summary>The reviewing States, where the process has them known at launch.</summary>
    public ImmutableArray<string> Reviewers { get; init; } = [];

    /// <summary>Guards of the launch that hold by the word of whoever launches.</summary>
    public ImmutableArray<string> States { get; init; } = [];

    /// <summary>The documents that the first stage of a programme's own process makes, by their ids.</summary>
    public ImmutableDictionary<string, string> Documents { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string SubjectKind { get; init; } = Region.National;

    /// <summary>For a regional or subregional subject, the codes of the States that take part beside the one that launches.</summary>
    public ImmutableArray<string> Participants { get; init; } = [];

    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>The id of a norm or pillar, or the code of a group, where the review is about that alone; else null.</summary>
    public string? Theme { get; init; }

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
        (Promise ?? ImmutableDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal),
        Register,
        CooldownReason.Trim())
    {
        Stakeholders = Stakeholders,
        Theme = Theme,
        Participants = SubjectKind == Region.National && Participants.IsDefaultOrEmpty ? null : Participants.IsDefault ? [] : Participants,
        Optional = Optional.IsDefault ? [] : Optional,
        Reviewers = Reviewers.IsDefault ? [] : Reviewers,
        States = States.IsDefault ? [] : States,
        Documents = Documents is not { Count: > 0 } ? null
            : Documents.ToImmutableSortedDictionary(d => d.Key, d => (d.Value ?? "").Tidy(), StringComparer.Ordinal),
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
            form.IsOn("register"),
            SignatureRequest.Of(form))
        {
            Promise = (form.Has("process") ? PublishedDocuments.Of(form.Text("variant")).Where(d => form.Has($"promise.{d}")) : PublishedDocuments.Of(form.Text("variant")))
                .ToImmutableDictionary(d => d, d => form.Text($"promise.{d}"), StringComparer.Ordinal),
            Process = form.Has("process") ? form.Text("process") : "voluntary-review",
            Optional = [.. form.All("optional")],
            Reviewers = [.. form.Names.Where(name => name == "reviewers" || name.StartsWith("reviewers.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(form.Text).Where(code => code.Length > 0)],
            States = [.. form.All("states")],
            Documents = form.Names.Where(name => name.StartsWith("document.", StringComparison.Ordinal))
                .ToImmutableDictionary(name => name["document.".Length..], form.Text, StringComparer.Ordinal),
            Items = [.. form.All("items")],
            Theme = form.Has("theme") ? form.Text("theme") : null,
            CooldownReason = form.Text("cooldown_reason"),
            Stakeholders = form.IsOn("stakeholders"),
            SubjectKind = form.Has("subject_kind") ? form.Text("subject_kind") : Region.National,
            Participants = [.. form.All("participants")],
        };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LaunchNotice))]
internal sealed partial class LaunchJson : JsonSerializerContext;
