using System.Buffers;
using System.Text.Json;
using PeerReview.Core.Assessment;
using PeerReview.Core.Ledger;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>The sheet of a participating State: its own short answers to the items of a regional self-assessment, beside the common
/// part. Nobody has to write one.</summary>
/// <remarks>It is the State's own until its people sign it. It is open from the launch until the endorsement is over; what is signed by
/// then is read by the reviewers under its labels. Silence hands nothing in.</remarks>
public static class SheetRules
{
    /// <summary>The key of an answer.</summary>
    public static string Key(string state, string item) => $"{state}:{item}";

    /// <summary>The State whose sheet an answer is on.</summary>
    public static string StateOf(string key) => key.Split(':', 2)[0];

    /// <summary>The item an answer is about.</summary>
    public static string ItemOf(string key) => key.Split(':', 2)[^1];

    /// <summary>Whether a sheet is signed as it stands.</summary>
    public static bool IsHandedIn(Dossier dossier, string state) =>
        dossier.SignedHash(SignedAct.Sheet(state), RoleCode.Authority) is not null;

    /// <summary>Why nobody can write, sign or take back a sheet now; null when its State can.</summary>
    /// <returns><c>sheet.closed</c>.</returns>
    public static Refusal? Closed(ProcessState state) =>
        state.Definition.FindStage(EndorsementRules.Stage) is { } stage && !state[stage].Status.IsClosed()
            ? null
            : new Refusal("sheet.closed", RefusalKind.Conflict);

    /// <summary>Why a State cannot decide now about publishing its sheet; null when it can. It may decide anew until the report is out.</summary>
    /// <returns><c>sheet.too-early</c>, <c>sheet.published</c>, <c>sheet.not-handed-in</c>.</returns>
    public static Refusal? NotToDecide(ProcessState state, Dossier dossier, string participant) =>
        dossier.Slug is not null ? new Refusal("sheet.published", RefusalKind.Conflict)
        : !IsHandedIn(dossier, participant) ? new Refusal("sheet.not-handed-in", RefusalKind.Conflict)
        : state.Definition.FindStage(SignedAct.Publication) is { } stage && state[stage].Status != StageStatus.Waiting ? null
        : new Refusal("sheet.too-early", RefusalKind.Conflict);

    /// <summary>Everything that is wrong with an answer; empty when it can stand. An empty text takes the answer back.</summary>
    /// <returns><c>sheet.words</c> {max} {words}, <c>sheet.unreadable</c>.</returns>
    /// <param name="words">What the process allows for an answer.</param>
    public static IEnumerable<Refusal> Check(string text, int words)
    {
        if (!Text.IsReadable(text))
            yield return new Refusal("sheet.unreadable", RefusalKind.Invalid, "text");
        else if (WordCount.Of(text) is var count && count > words)
            yield return new Refusal("sheet.words", RefusalKind.Invalid, "text").With("max", words).With("words", count);
    }

    /// <summary>What stands on a sheet, in the order of the items; an answer taken back is not among it.</summary>
    public static IEnumerable<Writing> Of(Material material, string state, IEnumerable<string> items) =>
        from item in items
        let answer = material.Find(WritingKind.SheetAnswer, Key(state, item))
        where answer is not null && Contents.ReadNote(answer).Text.Length > 0
        select answer;

    /// <summary>SHA-256 over what stands on a sheet, 64 lower-case hex digits: what its State signs.</summary>
    public static string HashOf(Material material, string state, IEnumerable<string> items)
    {
        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("form", "sheet/1");
            json.WriteString("state", state);
            json.WriteStartArray("answers");
            foreach (var answer in Of(material, state, items))
            {
                json.WriteStartObject();
                json.WriteString("item", ItemOf(answer.Key));
                json.WriteString("label", answer.Label);
                json.WriteString("language", answer.Language);
                json.WriteString("text", Contents.ReadNote(answer).Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return CanonicalJson.Hash(document.RootElement).ToString();
    }
}
