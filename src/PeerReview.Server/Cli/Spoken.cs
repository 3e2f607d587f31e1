using PeerReview.Core;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Cli;

/// <summary>Says refusals on the command line in the sentences the pages use.</summary>
internal static class Spoken
{
    /// <summary>Writes every sentence on standard error; answers the exit status.</summary>
    public static async Task<int> RefuseAsync(Refusal reason)
    {
        var texts = TextCatalogue.Load(StateNames.Load(ProgramFiles.States), (_, _) => { }).English;
        foreach (var one in reason.All)
            await Console.Error.WriteLineAsync(texts.Sentence(one));
        return CommandLine.Wrong;
    }
}
