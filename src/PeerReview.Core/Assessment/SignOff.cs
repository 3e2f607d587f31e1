using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Core.Ledger;

namespace PeerReview.Core.Assessment;

/// <summary>The sign-off chain (guard G-SIGNOFF): contributors validate their parts, then the focal point, then the
/// authority sign the same version. A version is the hash over the answers and files, so any change asks anew.</summary>
public static class SignOff
{
    /// <summary>SHA-256 over the canonical form of these answers, files and translations, in whatever order they come.</summary>
    /// <remarks>For a contributor's part: those of the items given to the contributor.</remarks>
    /// <param name="answers">One per item at most.</param>
    /// <param name="files">The files under them.</param>
    /// <param name="translations">The translations that stand. Where there are none the form is the one from before there
    /// were any, so that what was signed then is what stands.</param>
    public static Digest ContentHash(
        IEnumerable<Answer> answers, IEnumerable<SignedFile> files, IEnumerable<StandingTranslation> translations)
    {
        var inOtherLanguages = translations
            .OrderBy(t => t.Translation.Item, StringComparer.Ordinal).ThenBy(t => t.Language, StringComparer.Ordinal).ToList();
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("form", inOtherLanguages.Count == 0 ? "self-assessment/1" : "self-assessment/2");
            json.WriteStartArray("answers");
            foreach (var answer in answers.OrderBy(a => a.Item, StringComparer.Ordinal))
                Write(json, answer);
            json.WriteEndArray();
            json.WriteStartArray("files");
            foreach (var file in files.OrderBy(f => f.File.Item, StringComparer.Ordinal).ThenBy(f => f.File.Id))
                Write(json, file);
            json.WriteEndArray();
            if (inOtherLanguages.Count > 0)
                Write(json, inOtherLanguages);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return CanonicalJson.Hash(document.RootElement);
    }

    /// <summary>Whether the focal point may sign this version; null is yes.</summary>
    /// <param name="complete">What is missing.</param>
    /// <param name="parts">Every contributor's part.</param>
    /// <param name="declaresUnclassified">The signer ticked that nothing nationally classified is in it (guard G-TLP).</param>
    /// <returns>null, or <c>sign-off.incomplete</c> {items}, <c>sign-off.part-not-validated</c> {parts},
    /// <c>sign-off.declaration-missing</c>.</returns>
    public static Refusal? FocalPointMaySign(
        Completeness complete, IEnumerable<ContributorPart> parts, bool declaresUnclassified)
    {
        if (!complete.IsComplete)
            return new Refusal("sign-off.incomplete", RefusalKind.Conflict).With("items", complete.Missing.Length);
        if (parts.Count(p => p.Validated != p.Current) is var open and > 0)
            return new Refusal("sign-off.part-not-validated", RefusalKind.Conflict).With("parts", open);
        return declaresUnclassified
            ? null
            : new Refusal("sign-off.declaration-missing", RefusalKind.Invalid, "declaration");
    }

    /// <summary>Whether the authority may sign this version; null is yes.</summary>
    /// <param name="current">The version as it stands.</param>
    /// <param name="signedByFocalPoint">The version the focal point signed, or null.</param>
    /// <returns>null, or <c>sign-off.focal-point-first</c>, <c>sign-off.changed-since</c>.</returns>
    public static Refusal? AuthorityMaySign(Digest current, Digest? signedByFocalPoint) =>
        signedByFocalPoint is null ? new Refusal("sign-off.focal-point-first", RefusalKind.Conflict)
        : signedByFocalPoint != current ? new Refusal("sign-off.changed-since", RefusalKind.Conflict)
        : null;

    /// <summary>Whether the chain is whole over the version as it stands.</summary>
    public static bool Holds(
        Digest current, IEnumerable<ContributorPart> parts, Digest? signedByFocalPoint, Digest? signedByAuthority) =>
        parts.All(p => p.Validated == p.Current) && signedByFocalPoint == current && signedByAuthority == current;

    private static void Write(Utf8JsonWriter json, Answer answer)
    {
        json.WriteStartObject();
        json.WriteString("item", answer.Item);
        json.WriteString("value", answer.Value?.Code());
        json.WriteString("label", answer.Label.Code());
        json.WriteString("language", answer.Language);
        foreach (var (field, text) in answer.Texts)
            json.WriteString(field, text);
        json.WriteString("last_tested", answer.LastTested?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteStartArray("sectors");
        foreach (var sector in answer.Sectors.Order(StringComparer.Ordinal))
            json.WriteStringValue(sector);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Whether it is older than its answer is read with it, so it is signed with it.
    private static void Write(Utf8JsonWriter json, IReadOnlyList<StandingTranslation> translations)
    {
        json.WriteStartArray("translations");
        foreach (var translation in translations)
        {
            json.WriteStartObject();
            json.WriteString("item", translation.Translation.Item);
            json.WriteString("language", translation.Language);
            json.WriteBoolean("older", translation.IsOlder);
            foreach (var (field, text) in translation.Translation.Texts)
                json.WriteString(field, text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, SignedFile file)
    {
        json.WriteStartObject();
        json.WriteString("file", file.File.Id);
        json.WriteString("item", file.File.Item);
        json.WriteString("label", file.File.Label.Code());
        json.WriteString("sha256", file.Sha256);
        json.WriteEndObject();
    }
}

/// <summary>A file as it is signed.</summary>
/// <param name="Sha256">Hash of its bytes, 64 lower-case hex digits.</param>
public sealed record SignedFile(EvidenceFile File, string Sha256);

/// <summary>The part of one contributor.</summary>
/// <param name="Contributor">Who.</param>
/// <param name="Items">The items given to that person.</param>
/// <param name="Current">Content hash of the part as it stands.</param>
/// <param name="Validated">Content hash that was declared finished, or null.</param>
public sealed record ContributorPart(PersonId Contributor, ImmutableArray<string> Items, Digest Current, Digest? Validated);
