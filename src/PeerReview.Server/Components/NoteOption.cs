using PeerReview.Core.People;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Components;

/// <summary>A note verbale on record, to be chosen.</summary>
/// <param name="Used">Whether somebody holds a role in the review by it already.</param>
public sealed record NoteOption(string Number, DateOnly Dated, bool Used)
{
    /// <summary>What the fields of <see cref="NoteChoice"/> say. A note chosen from the list comes before one typed.</summary>
    public static NoteVerbale Of(Form form) => form.Text("note") is { Length: > 0 } chosen
        ? new NoteVerbale(chosen)
        : new NoteVerbale(form.Text("noteVerbale.number"), form.Day("noteVerbale.dated"), form.Text("noteVerbale.signatory"));
}
