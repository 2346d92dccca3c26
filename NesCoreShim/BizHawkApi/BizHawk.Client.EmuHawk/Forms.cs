using System.Windows.Forms;
using BizHawk.Client.Common;
using BizHawk.Emulation.Common;

namespace BizHawk.Client.EmuHawk
{
    /// <summary>The main window, as tools may use it.</summary>
    public interface IMainFormForTools
    {
        string CurrentlyOpenRom { get; }

        /// <summary>Reboots the core and starts recording (or playing). Not from inside UpdateValues.</summary>
        bool StartNewMovie(IMovie movie, bool newMovie);

        void SetMainformMovieInfo();

        void UnpauseEmulator();
    }

    public class FormBase : Form
    {
        /// <summary>A tool must give its title here; the real getter throws.</summary>
        protected virtual string WindowTitleStatic => "";
    }

    public class ToolFormBase : FormBase, IToolForm
    {
        protected IMainFormForTools MainForm { get; }

        protected IMovieSession MovieSession { get; }

        protected IGameInfo Game { get; }

        public virtual void Restart()
        {
        }

        public virtual void UpdateValues(ToolFormUpdateType type)
        {
        }
    }
}
