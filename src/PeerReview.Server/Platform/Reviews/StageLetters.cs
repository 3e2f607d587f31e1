using PeerReview.Core.Process;
using PeerReview.Server.Platform.Letters;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Letters about one stage.</summary>
internal static class StageLetters
{
    /// <summary>The letter names the stage, and leads to its page.</summary>
    public static Letter OnStage(this Letter letter, LoadedReview review, Stage stage) => letter with
    {
        Path = StagePages.Of(review, stage.Id),
        Stage = new LetterStage(review.Process.Id, review.Process.Version, stage.Id),
    };
}
