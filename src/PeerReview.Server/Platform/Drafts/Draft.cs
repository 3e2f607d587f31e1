using System.Text.Json;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Drafts;

/// <summary>What a person typed into a form and has not saved.</summary>
/// <param name="Part">Which form of its page; empty where there is one.</param>
/// <param name="Form">The fields, to be shown again like a form that was refused.</param>
/// <param name="KeptAt">UTC.</param>
public sealed record Draft(string Part, Form Form, DateTimeOffset KeptAt)
{
    /// <summary>The field of a form that names the page it stands on.</summary>
    public const string PageField = "draft_page";

    /// <summary>The field of a form that names its part of the page.</summary>
    public const string PartField = "draft_part";

    /// <summary>In what was handed on: the name of whoever typed it. No form sends it, so it goes with the first word of the successor.</summary>
    public const string FromField = "draft_from";

    /// <summary>Who typed it, where somebody else did and handed it on; null where the person did.</summary>
    public string? From => Form.Has(FromField) ? Form.Raw(FromField) : null;

    /// <summary>The largest draft, in characters of its JSON.</summary>
    public const int MaxLength = 200_000;

    /// <summary>How many drafts a person has at most; the oldest give way.</summary>
    public const int MaxPerPerson = 300;

    // Neither content of the form nor worth keeping.
    private static readonly string[] Own = [PageField, PartField, FromField, "__RequestVerificationToken"];

    /// <summary>The fields as they are stored: name → values.</summary>
    public static string Write(Form form) => JsonSerializer.Serialize(
        form.Names.Where(name => !Own.Contains(name, StringComparer.Ordinal))
            .ToDictionary(name => name, form.All, StringComparer.Ordinal));

    /// <summary>The stored fields as they go to somebody else.</summary>
    /// <param name="from">The name of whoever typed them.</param>
    public static string HandOn(string fields, string from)
    {
        var all = JsonSerializer.Deserialize<Dictionary<string, string[]>>(fields)!;
        all[FromField] = [from];
        return JsonSerializer.Serialize(all);
    }

    internal static Draft Read(string part, string fields, DateTimeOffset keptAt) =>
        new(part, Form.Filled(JsonSerializer.Deserialize<Dictionary<string, string[]>>(fields)!), keptAt);
}
