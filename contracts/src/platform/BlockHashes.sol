// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The hashes of blocks that lie behind: 8,191 of them where the chain keeps a history (EIP-2935), 256 elsewhere.
library BlockHashes {
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    /// @notice The hash of a block; zero when it is out of reach, or not yet there.
    /// @dev Only a proper answer of the history counts: OpenZeppelin's `Blockhash` takes what a failing call returns for a hash, and
    /// Hardhat's chain answers each call with the same error.
    function hashOf(uint256 number) internal view returns (bytes32 hash) {
        // The limits of this randomness are written down in docs/threat-model, for disputes and for draws.
        // solhint-disable-next-line not-rely-on-block-hash
        hash = blockhash(number);
        if (hash != 0 || number >= block.number) return hash;
        (bool ok, bytes memory answer) = HISTORY.staticcall(abi.encode(number));
        return ok && answer.length == 32 ? bytes32(answer) : bytes32(0);
    }
}
