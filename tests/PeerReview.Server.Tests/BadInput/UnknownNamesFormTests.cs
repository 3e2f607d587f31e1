using System.Net;
using PeerReview.Core.Report;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>The same names in the forms of the pages.</summary>
public sealed class UnknownNamesFormTests(ReviewFixture at) : IClassFixture<ReviewFixture>
{
    public static TheoryData<string, string, HttpStatusCode, string?> Launches => new()
    {
        { "variant", "huge", HttpStatusCode.UnprocessableEntity, "variant" },
        { "working_language", "de", HttpStatusCode.UnprocessableEntity, "working_language" },
        { "items", "N-z.z9", HttpStatusCode.UnprocessableEntity, "items" },
        { "promise.summary", "most", HttpStatusCode.UnprocessableEntity, "promise.summary" },
        { "signature.day", "tomorrow", HttpStatusCode.UnprocessableEntity, "signature.day" },
        { "signature.name", "", HttpStatusCode.UnprocessableEntity, "signature.name" },
        { "subject", "nowhere", HttpStatusCode.NotFound, null },
        { "subject", "{programme}:XXX", HttpStatusCode.Forbidden, null },
    };

    [Theory, MemberData(nameof(Launches))]
    public Task A_launch_with_a_name_nobody_knows_comes_back(string field, string value, HttpStatusCode status, string? about)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["subject"] = $"{at.App.Programme}:KEN",
            ["variant"] = "light",
            ["working_language"] = "en",
            ["signature.name"] = "A. Signatory",
            ["signature.office"] = "Director",
            ["signature.day"] = at.App.StartedAt.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        };
        foreach (var document in PublishedDocuments.All)
            fields[$"promise.{document}"] = "none";
        fields[field] = value.Replace("{programme}", at.App.Programme.ToString(), StringComparison.Ordinal);
        return at.RefusedFormAsync("authority", "/reviews/new", [.. fields.Select(f => (f.Key, f.Value))], status, about);
    }

    public static TheoryData<string, string, (string, string)[], HttpStatusCode, string?> Forms => new()
    {
        { "focal point", "/reviews/{review}/assessment/N-a.a2", [("value", "perfect"), ("label", "AMBER")], HttpStatusCode.UnprocessableEntity, "value" },
        { "focal point", "/reviews/{review}/assessment/N-a.a2", [("label", "SECRET")], HttpStatusCode.UnprocessableEntity, "label" },
        { "focal point", "/reviews/{review}/assessment/N-a.a2", [("label", "AMBER"), ("language", "de")], HttpStatusCode.UnprocessableEntity, "language" },
        { "focal point", "/reviews/{review}/assessment/N-a.a2", [("label", "AMBER"), ("last_tested", "last week")], HttpStatusCode.UnprocessableEntity, "last_tested" },
        { "focal point", "/reviews/{review}/assessment/N-z.z9", [("label", "AMBER")], HttpStatusCode.NotFound, null },
        { "authority", "/reviews/{review}/people/nomination", [("role", "PRESIDENT"), ("name", "A"), ("email", "a@example.org")], HttpStatusCode.NotFound, null },
        { "authority", "/reviews/{review}/people/nomination", [("role", "STATE_CONTRIB"), ("name", "A"), ("email", "a@example.org"), ("items", "N-z.z9")], HttpStatusCode.UnprocessableEntity, "items" },
        { "authority", "/reviews/{review}/people/nomination", [("role", "STATE_CONTRIB"), ("name", "A"), ("email", "nobody"), ("items", "N-a.a2")], HttpStatusCode.UnprocessableEntity, "email" },
        { "authority", "/reviews/{review}/urgent", [("text", "One."), ("item", "N-z.z9")], HttpStatusCode.UnprocessableEntity, "item" },
        { "authority", "/reviews/{review}/urgent", [("text", " ")], HttpStatusCode.UnprocessableEntity, "text" },
        { "coordinator", "/reviews/{review}/moves", [("move", "Dance")], HttpStatusCode.UnprocessableEntity, null },
        { "coordinator", "/reviews/{review}/moves", [("move", "Extend"), ("stage", "tea"), ("days", "1"), ("reason", "One."), ("confirmed", "on")], HttpStatusCode.NotFound, "stage" },
        { "coordinator", "/reviews/{review}/moves", [("move", "Pause"), ("party", "nobody"), ("pause_reason", "translation"), ("reason", "One.")], HttpStatusCode.UnprocessableEntity, "party" },
        { "coordinator", "/reviews/{review}/moves", [("move", "Pause"), ("party", "subject"), ("pause_reason", "lunch"), ("reason", "One.")], HttpStatusCode.UnprocessableEntity, "pause_reason" },
        { "authority", "/reviews/{review}/moves", [("move", "Defer"), ("until", "some day")], HttpStatusCode.UnprocessableEntity, "until" },
        { "coordinator", "/programme/states/XXX/mission", [("email", "mission@example.org")], HttpStatusCode.NotFound, null },
        { "coordinator", "/programme/states/FRA/mission", [("email", "nobody")], HttpStatusCode.UnprocessableEntity, "email" },
        { "coordinator", "/programme/states/FRA/notes-verbales", [("number", "1"), ("dated", "some day"), ("signatory", "A")], HttpStatusCode.Conflict, "dated" },
        { "authority", "/account", [("name", "A"), ("language", "xx"), ("timeZone", "UTC")], HttpStatusCode.UnprocessableEntity, "language" },
        { "authority", "/account/tokens", [("token_name", "A"), ("scope", "all"), ("days", "1")], HttpStatusCode.UnprocessableEntity, "scope" },
        { "authority", "/account/tokens", [("token_name", "A"), ("scope", "read"), ("days", "many")], HttpStatusCode.UnprocessableEntity, "days" },
        { "authority", "/language", [("language", "xx")], HttpStatusCode.UnprocessableEntity, "language" },
    };

    [Theory, MemberData(nameof(Forms))]
    public Task A_form_with_a_name_nobody_knows_comes_back_and_says_where(
        string who, string path, (string, string)[] fields, HttpStatusCode status, string? about) =>
        at.RefusedFormAsync(who, path, fields, status, about);
}
