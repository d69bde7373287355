// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Account as ERC4337Account} from "@openzeppelin/contracts/account/Account.sol";
import {ERC7821} from "@openzeppelin/contracts/account/extensions/draft-ERC7821.sol";
import {ERC4337Utils} from "@openzeppelin/contracts/account/utils/ERC4337Utils.sol";
import {IEntryPoint} from "@openzeppelin/contracts/interfaces/IERC4337.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";
import {ERC721Holder} from "@openzeppelin/contracts/token/ERC721/utils/ERC721Holder.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ERC7739} from "@openzeppelin/contracts/utils/cryptography/signers/draft-ERC7739.sol";
import {MultiSignerERC7913} from "@openzeppelin/contracts/utils/cryptography/signers/MultiSignerERC7913.sol";
import {IRecoverable} from "./IRecovery.sol";

/// @title A person's or a treasury's account: several passkeys and wallets, any `threshold` of which act together.
/// @notice A signer is a wallet address, or a verifier's address followed by a key (ERC-7913), so a passkey is
/// `WebAuthnVerifier ‖ x ‖ y`. A signature is `abi.encode(bytes[] signers, bytes[] signatures)`, signers sorted by hash.
/// @dev Runs behind clones on the canonical EntryPoint v0.8. Nothing here can be upgraded, and nobody but the signers acts:
/// the recovery contract changes who they are, when the guardians they named, a delay and no veto allow it.
contract Account is
    ERC4337Account,
    MultiSignerERC7913,
    ERC7739,
    ERC7821,
    ERC721Holder,
    ERC1155Holder,
    Initializable,
    IRecoverable
{
    /// Bounds on what {replaceSigners} has to clear away, so that nobody can make a recovery too expensive to execute.
    uint256 private constant MAX_SIGNERS = 32;
    uint256 private constant MAX_SIGNER_BYTES = 320;

    /// @notice Whom {replaceSigners} obeys.
    address public immutable recovery;

    /// @notice Thrown for more than 32 signers.
    error Account_TooManySigners(uint256 count);
    /// @notice Thrown for a signer of more than 320 bytes.
    error Account_SignerTooLong(uint256 length);

    /// @dev The implementation itself gets a signer that can never sign, since the list must not be empty.
    constructor(address recovery_) EIP712("Kaishi Account", "1") MultiSignerERC7913(_nobody(), 1) {
        recovery = recovery_;
        _disableInitializers();
    }

    /// @notice Sets the first signers. Called once, by the factory, in the transaction that creates the account.
    function initialize(bytes[] calldata signers, uint64 threshold_) external initializer {
        _addSigners(signers);
        _setThreshold(threshold_);
    }

    /// @notice Adds signers without changing the threshold.
    function addSigners(bytes[] calldata signers) external onlyEntryPointOrSelf {
        _addSigners(signers);
    }

    /// @notice Removes signers; the threshold must stay reachable.
    function removeSigners(bytes[] calldata signers) external onlyEntryPointOrSelf {
        _removeSigners(signers);
    }

    /// @notice Sets how many signers must act together.
    function setThreshold(uint64 threshold_) external onlyEntryPointOrSelf {
        _setThreshold(threshold_);
    }

    /// @inheritdoc IRecoverable
    function replaceSigners(bytes[] calldata signers, uint64 threshold_) external {
        require(msg.sender == recovery, AccountUnauthorized(msg.sender));
        bytes[] memory former = getSigners(0, type(uint64).max);
        bytes[] memory one = new bytes[](1);
        for (uint256 i = 0; i < signers.length; ++i) {
            if (isSigner(signers[i])) continue;
            one[0] = signers[i];
            // Past the bound for a moment: the former ones go below.
            MultiSignerERC7913._addSigners(one);
        }
        _setThreshold(threshold_);
        for (uint256 i = 0; i < former.length; ++i) {
            if (_contains(signers, former[i])) continue;
            one[0] = former[i];
            _removeSigners(one);
        }
    }

    /// @inheritdoc ERC4337Account
    function entryPoint() public pure override returns (IEntryPoint) {
        return ERC4337Utils.ENTRYPOINT_V08;
    }

    function _addSigners(bytes[] memory newSigners) internal override {
        for (uint256 i = 0; i < newSigners.length; ++i) {
            uint256 length = newSigners[i].length;
            require(length <= MAX_SIGNER_BYTES, Account_SignerTooLong(length));
        }
        super._addSigners(newSigners);
        uint256 count = getSignerCount();
        require(count <= MAX_SIGNERS, Account_TooManySigners(count));
    }

    /// @dev The EntryPoint calls only after this account has validated the operation's signatures.
    function _erc7821AuthorizedExecutor(address caller, bytes32 mode, bytes calldata executionData)
        internal
        view
        override
        returns (bool)
    {
        return caller == address(entryPoint()) || super._erc7821AuthorizedExecutor(caller, mode, executionData);
    }

    function _contains(bytes[] calldata signers, bytes memory signer) private pure returns (bool) {
        bytes32 id = keccak256(signer);
        for (uint256 i = 0; i < signers.length; ++i) {
            if (keccak256(signers[i]) == id) return true;
        }
        return false;
    }

    function _nobody() private pure returns (bytes[] memory signers) {
        signers = new bytes[](1);
        signers[0] = abi.encodePacked(address(1));
    }
}
