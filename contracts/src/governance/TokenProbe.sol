// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title Moves a token as the vault would, and says what came of it.
/// @notice Never deployed: its code stands in the place of a holder and of a vault during a simulated call, so that a token
/// is looked at with real balances before governance is asked to allow it.
contract TokenProbe {
    using SafeERC20 for IERC20;

    struct Findings {
        /// What the vault had more after it pulled `amount`.
        uint256 received;
        /// What the holder had less.
        uint256 spent;
        /// What the holder had more after the vault paid back what it had received, `amount` at most.
        uint256 returned;
        /// What the vault had left of it.
        uint256 kept;
    }

    /// @notice To be called in the place of somebody who holds `amount`, with this code in the place of `vault`, too.
    /// Reverts as the vault would when the token refuses.
    function probe(IERC20 token, TokenProbe vault, uint256 amount) external returns (Findings memory findings) {
        uint256 held = token.balanceOf(address(this));
        uint256 vaultHeld = token.balanceOf(address(vault));
        token.forceApprove(address(vault), amount);
        vault.pull(token, address(this), amount);
        findings.received = _more(token.balanceOf(address(vault)), vaultHeld);
        uint256 left = token.balanceOf(address(this));
        findings.spent = _more(held, left);
        uint256 back = findings.received < amount ? findings.received : amount;
        if (back != 0) vault.push(token, address(this), back);
        findings.returned = _more(token.balanceOf(address(this)), left);
        findings.kept = _more(token.balanceOf(address(vault)), vaultHeld);
    }

    /// @notice As the vault takes a payment.
    function pull(IERC20 token, address from, uint256 amount) external {
        token.safeTransferFrom(from, address(this), amount);
    }

    /// @notice As the vault pays out.
    function push(IERC20 token, address to, uint256 amount) external {
        token.safeTransfer(to, amount);
    }

    function _more(uint256 one, uint256 other) private pure returns (uint256) {
        return one > other ? one - other : 0;
    }
}
