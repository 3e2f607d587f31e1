using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Testing;

/// <summary>A review whose report says something in several languages and withholds something, published over HTTP.</summary>
public static class PublishedReview
{
    /// <summary>Text nobody outside may read, in a withheld or narrowly labelled place. "answer" stands for every layer of the
    /// first item.</summary>
    public static IReadOnlyList<string> Secrets { get; } =
    [
        ReviewAt.MarkerOf("N-a.a2"), "[practice of N-a.a2]", "[evidence of N-a.a2]", "[evidence of P-CBM.c4]",
        "[question 1]", "[question 2]", "[reply 1]", "[reply 2]", "[secret commitment]", "[secret practice]",
        "A. Signatory", "Office of tests", "example.org", "Authority", "Focal point", "Coordinator",
    ];

    /// <summary>The State's summary in Arabic, Chinese and Russian.</summary>
    public const string Summary =
        "تنشر الدولة استراتيجيتها للأمن السيبراني (2026) وفق TLP:CLEAR.\n中文文本：网络安全战略，二〇二六年。\nРусский текст: стратегия кибербезопасности.";

    /// <summary>A review published with the first item narrowly labelled, one layer withheld and a secret commitment and
    /// practice.</summary>
    /// <param name="language">Working language, and so that of publication.</param>
    /// <returns>The slug of the report.</returns>
    public static async Task<string> PublishAsync(TestApp app, string language = "en", string state = "KEN", bool hidden = false)
    {
        var review = await ReviewAt.DecidingAsync(
            app, state,
            notice =>
            {
                notice["workingLanguage"] = language;
                notice["register"] = !hidden;
            },
            item => item == "N-a.a2" ? SharingLabel.Amber : SharingLabel.Clear);
        await review.RunAsync(review.FocalPoint, _ => Texts(language));
        return await DecideAsync(review, hidden);
    }

    /// <summary>Everything in the parts of a ZIP archive, names included.</summary>
    public static string Unzipped(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        return string.Join('\n', zip.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return $"{entry.FullName}\n{reader.ReadToEnd()}";
        }));
    }

    private static ReviewChange Texts(string language) => new ReviewChange()
        .Write(WritingKind.Summary, "summary", 0, Contents.Write(new NoteContent(Summary, [])), "CLEAR", language)
        .Write(WritingKind.GoodPractice, "P-01", 0, Contents.Write(Practice("Open drills with operators.")), "CLEAR", "en")
        .Write(WritingKind.GoodPractice, "P-02", 0, Contents.Write(Practice("[secret practice]")), "AMBER", "en")
        .Write(WritingKind.Commitment, "C-01", 0, Contents.Write(Commitment("تمارين سنوية مع المشغّلين")), "CLEAR", "ar")
        .Write(WritingKind.Commitment, "C-02", 0, Contents.Write(Commitment("[secret commitment]")), "AMBER", "en");

    private static GoodPractice Practice(string text) => new("P-CBM.c4", text)
    {
        Outcomes = ["secure"],
        Lenses = ["peace_and_security"],
        Level = "national",
    };

    private static Commitment Commitment(string title) => new(title)
    {
        Text = "Every year.",
        Items = ["P-CBM.c4"],
        Lenses = ["peace_and_security"],
        Outcomes = ["secure"],
        Level = "national",
        ActionType = "technical_capability",
        RightsConsidered = true,
        Owner = "National centre",
        Due = new DateOnly(2040, 12, 31),
        Indicator = "One report a year.",
        HelpNeeded = false,
    };

    private static async Task<string> DecideAsync(ReviewAt review, bool hidden)
    {
        object choices = hidden
            ? new { self_assessment = "none", clarifications = "none", commitments = "none", summary = "none" }
            : new { self_assessment = "redacted", clarifications = "none", commitments = "full", summary = "full" };
        string[] withheld = hidden ? [] : ["P-CBM.c4.evidence"];
        await DoneAsync(review, review.Authority, "pub_decide", new { choices, withheld, signature = LightReview.Signature(review.App) });
        var receipt = await DoneAsync(review, review.Coordinator, "publish", new { });
        return receipt.GetProperty("key").GetString()!;
    }

    private static async Task<JsonElement> DoneAsync(ReviewAt review, TestPerson person, string stage, object body)
    {
        using var answer = await person.Client.PostAsJsonAsync($"{review.Api}/stages/{stage}/complete", body);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{stage}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
