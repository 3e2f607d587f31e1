using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Name, office and day as somebody signs.</summary>
/// <param name="Day">By the signatory's own calendar.</param>
/// <param name="File">A signed page uploaded before, if there is one.</param>
/// <param name="NothingClassified">The declaration that goes with a self-assessment.</param>
public sealed record SignatureRequest(string Name, string Office, DateOnly? Day, Guid? File = null, bool NothingClassified = false)
{
    /// <summary>Nothing given.</summary>
    public static SignatureRequest None { get; } = new("", "", null);

    /// <summary>As the fields <c>signature.…</c> of a page send it.</summary>
    public static SignatureRequest Of(Form form) => new(
        form.Text("signature.name"),
        form.Text("signature.office"),
        form.Day("signature.day"),
        NothingClassified: form.IsOn("signature.nothing_classified"));
}

/// <summary>Puts a signature into a change: the fact, and the text under it.</summary>
public static class Signatures
{
    /// <summary>Signs <paramref name="contentHash"/> for an act; the caller has checked the fields
    /// (<see cref="SignatureRules"/>).</summary>
    /// <param name="role">The role code signed for.</param>
    /// <param name="written">The version of the signature text that stands, when the same act was signed before.</param>
    public static ReviewChange Sign(
        this ReviewChange change, string act, string role, string contentHash, SignatureRequest signature, ReviewWork work,
        string language, int written = 0)
    {
        var key = $"{act}:{role}";
        var content = new SignatureContent(
            signature.Name, signature.Office, signature.Day!.Value, contentHash, signature.File, signature.NothingClassified);
        return change
            .Record(new ReviewEvent.Signed(act, role, contentHash, key, work.Person.Value))
            .Write(WritingKind.Signature, key, written, Contents.Write(content), "AMBER", language);
    }
}
