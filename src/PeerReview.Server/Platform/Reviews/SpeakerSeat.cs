using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>A seat in a review for which it is named, by a note verbale of that State, who speaks: that of a reviewing or of a
/// participating State.</summary>
/// <param name="Name">The name of the use case in the API.</param>
/// <param name="Place">The part of the address that lists these States, and the page one comes from.</param>
/// <param name="Act">Who may name.</param>
/// <param name="Role">What whoever is named becomes.</param>
public sealed record SpeakerSeat(string Name, string Place, ReviewAct Act, Role Role)
{
    /// <summary>Why nobody is named for a State in a review, or not by whoever asks; null where they can.</summary>
    public required Func<Actor, LoadedReview, string, Refusal?> Closed { get; init; }

    /// <summary>Why somebody cannot speak for a State; null where they can.</summary>
    public required Func<ReviewWork, PersonId, string, CancellationToken, Task<Refusal?>> Unfit { get; init; }

    /// <summary>What is recorded: the person, the State, the note, who names.</summary>
    public required Func<PersonId, string, Guid, PersonId, ReviewEvent> Appoints { get; init; }

    /// <summary>The letter to whoever is named; the review as it stands with them.</summary>
    public required Func<LoadedReview, PersonId, Letter> Tells { get; init; }

    /// <summary>What the page says once it is done: the part of the text's key after <c>notice.</c>.</summary>
    public required string Done { get; init; }

    /// <summary>The texts of its form.</summary>
    public required SpeakerWords Words { get; init; }
}

/// <summary>The keys of the texts of a form by which somebody is named for a State.</summary>
/// <param name="List">The page one comes from.</param>
/// <param name="Title">With the <c>state</c>.</param>
/// <param name="Text">What naming does; with the <c>state</c>.</param>
public sealed record SpeakerWords(string List, string Title, string Text, string Submit);

/// <summary>Who is to speak for a State.</summary>
public sealed record SpeakerRequest(string Name, string Email)
{
    public string Office { get; init; } = "";

    /// <summary>The note by which the State names the person. The number alone names a note on record.</summary>
    public NoteVerbale? NoteVerbale { get; init; }

    /// <summary>As the page sends it.</summary>
    public static SpeakerRequest Of(Form form)
    {
        var person = form.Person();
        return new SpeakerRequest(person.Name, person.Email) { Office = person.Office, NoteVerbale = NoteOption.Of(form) };
    }
}
