using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>Names the program does not know, over the API.</summary>
public sealed class UnknownNamesTests(ReviewFixture at) : IClassFixture<ReviewFixture>
{
    public static TheoryData<string, object, Refused> Launches => new()
    {
        { "process", "nis2-like", new Refused(422, "launch.unknown-process", "process") },
        { "process", "", new Refused(422, "launch.unknown-process", "process") },
        { "variant", "huge", new Refused(422, "launch.unknown-variant", "variant") },
        { "subject", "XXX", new Refused(403, "access.not-allowed") },
        { "subject", "ken", new Refused(403, "access.not-allowed") },
        { "subjectKind", "galactic", new Refused(422, "launch.unknown-subject-kind", "subject_kind") },
        { "subjectKind", "regional", new Refused(422, "launch.participants-few", "participants") },
        { "participants", new[] { "GHA", "SEN" }, new Refused(422, "launch.participants-national", "participants") },
        { "workingLanguage", "de", new Refused(422, "launch.unknown-language", "working_language") },
        { "publicationLanguages", new[] { "xx" }, new Refused(422, "launch.unknown-language", "publication_languages") },
        { "publicationLanguages", new[] { "en", "fr" }, new Refused(422, "launch.publication-language-not-offered", "publication_languages") },
        { "items", new[] { "N-a.a2", "N-z.z9" }, new Refused(422, "scope.unknown-item", "items") },
        { "programme", Guid.Empty, new Refused(404, "request.not-found") },
    };

    [Theory, MemberData(nameof(Launches))]
    public Task A_launch_with_a_name_nobody_knows_is_refused(string field, object value, Refused expected)
    {
        var notice = LightReview.Notice(at.App, "KEN");
        notice[field] = value;
        return at.RefusedAsync("authority", "POST", "reviews", notice, expected);
    }

    public static TheoryData<string, string, string, object?, Refused> Names => new()
    {
        { "focal point", "PUT", "/answers/N-z.z9", new { value = "planned" }, new Refused(404, "answer.unknown-item", "item") },
        { "focal point", "PUT", "/answers/N-a.a2", new { value = "perfect" }, new Refused(422, "answer.unknown-value", "value") },
        { "focal point", "PUT", "/answers/N-a.a2", new { label = "SECRET" }, new Refused(422, "answer.unknown-label", "label") },
        { "focal point", "PUT", "/answers/N-a.a2", new { label = "amber" }, new Refused(422, "answer.unknown-label", "label") },
        { "focal point", "PUT", "/answers/N-a.a2", new { language = "de" }, new Refused(422, "answer.unknown-language", "language") },
        { "focal point", "GET", "/answers/N-z.z9", null, new Refused(404, "request.not-found") },
        { "authority", "POST", "/nominations", Nominee("PRESIDENT"), new Refused(422, "people.unknown-role", "role") },
        { "authority", "POST", "/nominations", Nominee("STATE_CONTRIB", "N-z.z9"), new Refused(422, "people.unknown-item", "items") },
        { "authority", "DELETE", $"/nominations/{Guid.Empty}/PRESIDENT", null, new Refused(422, "people.unknown-role", "role") },
        { "authority", "POST", "/urgent", new { text = "One.", item = "N-z.z9" }, new Refused(422, "urgent-point.item", "item") },
        { "authority", "POST", "/urgent/U-99/acknowledge", new { }, new Refused(404, "request.not-found") },
        { "authority", "POST", "/variant", new { variant = "huge" }, new Refused(422, "launch.unknown-variant", "variant") },
        { "authority", "POST", "/theme", new { theme = "huge" }, new Refused(422, "scope.unknown-theme", "theme") },
        { "authority", "POST", "/stages/tea/complete", new { }, new Refused(404, "process.unknown-stage", "stage") },
        { "coordinator", "POST", "/stages/tea/extend", new { days = 1, reason = "One." }, new Refused(404, "process.unknown-stage", "stage") },
        { "coordinator", "POST", "/stages/tea/waive", new { }, new Refused(404, "process.unknown-stage", "stage") },
        { "coordinator", "POST", "/stages/draw/complete", new { }, new Refused(409, "process.not-in-variant") },
        { "coordinator", "POST", "/pause", new { party = "nobody", pauseReason = "translation", reason = "One." }, new Refused(422, "process.unknown-party", "party") },
        { "coordinator", "POST", "/pause", new { party = "subject", pauseReason = "lunch", reason = "One." }, new Refused(422, "process.unknown-pause-reason", "pause_reason") },
        { "authority", "PUT", "me", new { name = "A", office = "B", language = "xx", timeZone = "UTC" }, new Refused(422, "accounts.language-unknown", "language") },
        { "authority", "GET", "processes/none/1", null, new Refused(404, "request.not-found") },
        { "authority", "GET", "frameworks/none/1", null, new Refused(404, "request.not-found") },
        { "authority", "GET", "publications/none-2026", null, new Refused(404, "request.not-found") },
        { "authority", "GET", "tea", null, new Refused(404, "request.not-found") },
    };

    [Theory, MemberData(nameof(Names))]
    public Task A_name_nobody_knows_is_refused_with_its_field(string who, string method, string path, object? body, Refused expected) =>
        at.RefusedAsync(who, method, path, body, expected);

    [Fact]
    public Task A_State_nobody_knows_has_no_mission() => at.RefusedAsync(
        "coordinator", "POST", $"programmes/{at.App.Programme}/missions", new { state = "XXX", email = "mission@example.org" },
        new Refused(422, "state.unknown", "state"));

    [Fact]
    public Task A_State_nobody_knows_sends_no_note() => at.RefusedAsync(
        "coordinator", "POST", $"programmes/{at.App.Programme}/notes-verbales",
        new { state = "XXX", number = "1", dated = "2026-01-01", signatory = "A" }, new Refused(422, "state.unknown", "state"));

    private static object Nominee(string role, params string[] items) => new { role, name = "A Name", email = "a.name@example.org", office = "Ministry", items };
}
