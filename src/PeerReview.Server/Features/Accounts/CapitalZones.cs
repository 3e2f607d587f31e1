using PeerReview.Server.Components;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Accounts;

/// <summary>Time zones to choose from, by State: a zone is called after the State whose time it is, never after a city.</summary>
public static class CapitalZonesOfStates
{
    /// <summary>UTC first, then the State of every capital's zone, sorted as the language sorts.</summary>
    public static IReadOnlyList<ChoiceOption> CapitalZones(this StateNames states, Texts texts) =>
    [
        new ChoiceOption("UTC", "UTC"),
        .. states.TimeZones.Where(zone => zone != "UTC")
            .Select(zone => new ChoiceOption(zone, states.OfZone(zone, texts.Language) ?? ""))
            .Where(option => option.Label.Length > 0)
            .OrderBy(option => option.Label, StringComparer.Create(texts.Culture, ignoreCase: true)),
    ];
}
